"""The commands of `broadsheet`, one module each; `generator.cli` gathers them."""
