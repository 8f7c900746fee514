"""Guarded HTTP for all that asks the network: no private address, one deadline a request, manners for each host.

- ``client``: one GET request, the only importer of requests; ``_guard``: its connections;
- ``address``: which addresses may be asked, how a URL is sent, where a redirect leads;
- ``schedule``: which address is asked when;
- ``faults``: the codes of what prevents an answer.
"""

from tajikpeace_refs.web.faults import AddressError, Fault

__all__ = ["AddressError", "Fault"]
