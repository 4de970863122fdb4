"""Words that do not tell what a paper is about. How texts are compared is `vectors`' business."""

from __future__ import annotations

_EVERYDAY = """
    a about above across after again against all almost alone along already also although always
    am among an and another any anything are aren around as at be became because become becomes
    been before behind being below beside besides between beyond both but by came can cannot
    come could did didn do does doesn doing don done down during each either else enough etc
    even ever every everything except few first for from further get given go had has have
    having he hence her here him his how however i if in indeed instead into is isn it its
    itself just keep last least less let like little ll made make makes making many may me
    meanwhile might more moreover most mostly much must my near neither never nevertheless next
    no none nor not nothing now of off often on once one ones only onto or other others
    otherwise our ours out over own per perhaps please put quite rather really same see seem
    seemed seems she should since so some something sometimes still such take than that the
    their them themselves then there thereby therefore these they this those though three
    through throughout thus to together too toward towards two under until up upon us ve very
    via was wasn we well were what when whenever where whereas whether which while who whole
    whom whose why will with within without won would yet you your
"""
_BOILERPLATE = """
    ablation ablations able abstract accept accordingly achieve achieved achieves achieving
    additional additionally address addressed addresses addressing advance advanced advances aim
    aims allow allowing allows approach approaches art article author authors available based
    baseline baselines benefit benefits best better broad build building built called
    capabilities capability capable case cases challenge challenges challenging code codes com
    combine combined combines combining common commonly comparable compared comparison
    comparisons competitive comprehensive conduct conducted consider considered consistent
    consistently contrast contribution contributions crucial current currently dataset datasets
    demonstrate demonstrated demonstrates demonstrating depend despite develop developed
    different difficult diverse due easily easy effective effectively effectiveness efficient
    efficiently eight empirical empirically employ employed employing employs enable enabled
    enables enabling enhance enhanced enhances enhancing ensure ensures ensuring especially
    establish evaluate evaluated evaluating evaluations exhibit exhibits existing experiment
    experimental experiments explore explored explores extend extensive fail fails finally find
    finding findings five focus focused focuses focusing following four framework frameworks
    fully furthermore gap github good great help helps high higher highly http https hundred
    idea important importantly improve improved improvement improvements improves improving
    include included includes including increase increased increases increasingly inspired
    interesting introduce introduced introduces introducing investigate investigated
    investigates io issue issues key known lack large largely later lead leading leads leverage
    leveraged leverages leveraging limit limitation limitations limited low lower main major
    method methods million namely need needed needs new notable notably novel number observe
    obtain obtained obtains offer offering offers open optimal order org outperform outperformed
    outperforming outperforms overall page pages paper papers particular particularly percent
    perform performance performed performing performs play plays point points popular possible
    potential potentially powerful practical present presented presenting presents previous
    previously prior problem problems produce project promising proof propose proposed proposes
    proposing prove proven provide provided provides providing publicly purpose range recent
    recently reduce reduced reduces reducing related release released remain remains require
    required requires respectively result resulting results reveal reveals robustly role second
    set sets setting settings seven several show showed showing shown shows significant
    significantly similar simple simply single six small specific specifically standard state
    strategies strategy strong studies study substantial substantially success successful
    successfully suggest suggests superior support supports tackle task tasks technique
    techniques ten terms test tested third thousand typical typically understand unlike use used
    useful uses using usually valuable value values variety various wide widely work works world
"""

STOP_WORDS = frozenset(f"{_EVERYDAY} {_BOILERPLATE}".split())
"""In lower case. What every text says, and what every abstract says, whatever it is about."""

_DULL = """
    abil accuraci amount analysi analyz answer appear appli applic aspect automat averag capabl
    capac captur care character collect complex compon comprehens comput concept condit consist
    construct context control correct correspond cost critic data deep depend design detail
    determin develop differ direct discuss domain driven dynam effort element end estim
    evaluation exampl exist expect explicit express extract extraordinari facilit factor fast
    feasibl featur fine flexibl form formul function fundament futur gain general generat
    generation global goal grow guid handl highlight human identifi impact implement individu
    infer influenc inform input insight integr intens interact involv larger learn length level
    local long machin match measur mechan metric model multi multipl natur necessari network
    neural non observ obtain oper optim output pair paramet part path perspect practic pre
    predict process properti qualiti question random rate ratio real reason relat relev reli
    remark report repres representation research resolut resourc review robust rule sampl scale
    scenario scope scratch search select self semant sequenc share size solut solv sourc space
    state step strict structur struggl studi system target technic technolog time tool top total
    train transfer trend understand uniqu unit user util valid variabl varieti vast version view
    year
"""

DULL = frozenset(_DULL.split())
"""Stems of words that tell nothing alone; in a pair, as in "long context", they do."""

_FAINT = """
    accept adequ advanc aggreg associ balanc big coher cut edg effect era full hour label lie
    literatur low maxim minim onlin organ outlin overview partner preserv quick rapid re refer
    requir score specif split stage strength sub summar system systemat tradit vari visual window
"""

FAINT = frozenset(_FAINT.split())
"""Stems that tell little alone: named as what two papers share only where there is nothing else."""
