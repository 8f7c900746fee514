"""The journals that the macros of ``aas_macros.sty`` stand for, as NASA's Astrophysics Data System exports them.

Names: https://ui.adsabs.harvard.edu/help/actions/journal-macros, and for the older macros the style file itself.
"""

from __future__ import annotations

import re

JOURNALS = {
    "aap": "Astronomy & Astrophysics", "aapr": "Astronomy and Astrophysics Review",
    "aaps": "Astronomy and Astrophysics Supplement", "aas": "American Astronomical Society Meeting Abstracts",
    "actaa": "Acta Astronomica", "aj": "The Astronomical Journal", "ao": "Applied Optics",
    "aplett": "Astrophysical Letters", "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters", "apjlett": "The Astrophysical Journal Letters",
    "apjs": "The Astrophysical Journal Supplement Series", "apjsupp": "The Astrophysical Journal Supplement Series",
    "applopt": "Applied Optics", "apspr": "Astrophysics and Space Physics Research",
    "apss": "Astrophysics and Space Science", "araa": "Annual Review of Astronomy and Astrophysics",
    "arep": "Astronomy Reports", "aspc": "Astronomical Society of the Pacific Conference Series",
    "astap": "Astronomy & Astrophysics", "azh": "Astronomicheskii Zhurnal",
    "baas": "Bulletin of the American Astronomical Society",
    "bac": "Bulletin of the Astronomical Institutes of Czechoslovakia",
    "bain": "Bulletin of the Astronomical Institutes of the Netherlands",
    "caa": "Chinese Astronomy and Astrophysics", "cjaa": "Chinese Journal of Astronomy and Astrophysics",
    "dps": "AAS/Division for Planetary Sciences Meeting Abstracts", "fcp": "Fundamentals of Cosmic Physics",
    "gca": "Geochimica et Cosmochimica Acta", "grl": "Geophysical Research Letters",
    "iaucirc": "International Astronomical Union Circulars", "icarus": "Icarus",
    "jaavso": "Journal of the American Association of Variable Star Observers",
    "jcap": "Journal of Cosmology and Astroparticle Physics", "jcp": "The Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "jrasc": "Journal of the Royal Astronomical Society of Canada", "maps": "Meteoritics & Planetary Science",
    "memras": "Memoirs of the Royal Astronomical Society",
    "memsai": "Memorie della Società Astronomica Italiana",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy", "nar": "New Astronomy Reviews",
    "nat": "Nature", "nphysa": "Nuclear Physics A", "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific", "physrep": "Physics Reports",
    "physscr": "Physica Scripta", "planss": "Planetary and Space Science", "pra": "Physical Review A",
    "prb": "Physical Review B", "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "procspie": "Proceedings of SPIE", "psj": "The Planetary Science Journal",
    "qjras": "Quarterly Journal of the Royal Astronomical Society", "rmp": "Reviews of Modern Physics",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica", "skytel": "Sky & Telescope",
    "solphys": "Solar Physics", "sovast": "Soviet Astronomy", "ssr": "Space Science Reviews",
    "zap": "Zeitschrift für Astrophysik",
}  # fmt: skip
_MACRO = re.compile(r"\\([a-z]+)(?![A-Za-z])(?:\s*\{\}|\\(?= )|\s+(?=[,.;:)}]|$))?")


def expand(tex: str) -> str:
    r"""Return the TeX of a journal's name with its macros written out; what is none of them stays.

    >>> expand(r"{\apj}"), expand(r"\mnras\ Letters"), expand(r"\unknown")
    ('{The Astrophysical Journal}', 'Monthly Notices of the Royal Astronomical Society Letters', '\\unknown')
    """
    return _MACRO.sub(lambda macro: JOURNALS.get(macro[1], macro[0]).replace(" & ", r" \& "), tex)
