"""Broadsheet: digests of papers, pasted as text, become a site that is a pleasure to read.

The data goes one way through three rooms, and only the two edges touch disk, clock or logging::

    generator.reading    text → Digest        what stands where in a digest, line by line
    generator.enriching  Digests → Library    links, tags, slugs, repeats
    generator.writing    Library → Pages      Markdown pages by templates
    generator.plugin     Pages → MkDocs       in memory; the only module that imports mkdocs
    generator.cli        the same on the command line: check, parse, export
    generator.project    reading a project's files, for both edges; generator.export writes them
"""

__version__ = "0.1.0"
