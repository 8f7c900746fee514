"""Public registries of works: what each is asked and how its answers become works.

- ``records``: questions, answers and records, the same for all;
- ``crossref``, ``datacite``, ``openalex``, ``openlibrary``, ``arxiv``, ``pubmed``: one registry each, pure: ``by_id``
  and ``search`` return what to ask, ``read`` the records of an answer; ``agency``: who registered a DOI;
- ``client``: asks over HTTP, as ``pace`` and ``web.schedule`` say; ``responses``: what a response says;
- ``fetch``: the record that an identifier names.
"""
