"""What printed references call things, in several languages."""

from __future__ import annotations

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "en-short": "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split(),
    "en-bare": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}
SEASONS = ["Spring", "Summer", "Fall", "Winter", "Autumn"]

TERMS: dict[str, dict[str, list[str]]] = {
    "en": {
        "ed": ["Ed.", "ed.", "(Ed.)", "(ed.)", "Editor", "editor", "(Editor)", "(ed)"],
        "eds": ["Eds.", "eds.", "(Eds.)", "(eds.)", "(Eds)", "(eds)", "editors", "(Editors)", "(Eds.)", "Eds", "(eds.)", "Editors"],
        "edited": ["edited by", "Edited by", "ed. by", "Ed.", "ed.", "eds.", "Eds.", "edited and translated by", "Edited and introduced by"],
        "in": ["In", "in", "In:", "in:", "In"],
        "page": ["p.", "pp.", "pages", "pp", "p", "Pages", "page", "pp.", "pages", "pg."],
        "volume": ["vol.", "Vol.", "v.", "Volume", "volume", "vol", "Vol", "vol."],
        "issue": ["no.", "No.", "number", "issue", "#", "nr.", "Issue", "Nos.", "n.", "Number"],
        "and": ["and", "&", "and", "and", "And"],
        "others": ["et al.", "et al", "and others", "et al.,", "et. al."],
        "thesis": ["PhD thesis", "Ph.D. thesis", "Ph.D. dissertation", "Unpublished doctoral dissertation", "Doctoral dissertation", "Master's thesis", "Ph. D. diss.", "Dissertation", "PhD diss.", "Diss.", "M.S. thesis", "Ph.D. diss.", "Bachelor thesis", "Doctoral thesis", "Unpublished manuscript", "M.Sc. Thesis", "Ph.D", "MA thesis"],
        "report": ["Technical report", "Tech. Rep.", "Technical Report", "Working paper", "Research Report", "Report", "Technical Memo", "Memo", "AI Memo", "Discussion Paper", "NBER Working Paper", "Tech. report", "Tech Report", "TR", "Research Memorandum", "Policy Research Working Paper", "Technical Note", "Policy brief", "White paper", "Occasional Paper", "RFC"],
        "translated": ["translated by", "Trans.", "trans.", "Tr. by", "Translated by", "Translated from the French by", "transl. by", "Trans. by", "Tr."],
        "retrieved": ["Retrieved from", "Retrieved", "Available at", "Available from", "URL", "Available:", "Accessed", "Available at:", "Online:", "[Online]. Available:", "Available online at", "Available from:", "Link:", "See", "At"],
        "accessed": ["accessed {}", "(accessed {})", "[Accessed: {}]", "Accessed {}", "Retrieved {}", "Last accessed {}", "viewed {}", "(retrieved {})", "[accessed {}]", "Accessed on {}", "[cited {}]", "(last visited {})", "{}"],
        "edition": ["2nd ed.", "3rd edition", "Second edition", "rev. ed.", "Revised edition", "5th ed.", "4th edn", "2nd edn", "6th edition", "first edition", "1st ed.", "2d ed.", "Third Edition", "second ed.", "Rev. ed.", "international edition", "4th", "7th edition", "1 edition", "Norton critical edition", "Student ed."],
        "unpublished": ["in press", "forthcoming", "to appear", "n.d.", "In press", "submitted", "in prep.", "To appear", "undated"],
        "note": ["To appear.", "Unpublished manuscript.", "Mimeo.", "Forthcoming.", "Submitted.", "Preprint.", "Unpublished.", "In preparation.", "Manuscript submitted for publication.", "[in Russian].", "Abstract only.", "Reprinted in 1999.", "(in press).", "(Original work published 1950)", "MR 1234567", "PMID: 1234567.", "[hep-th/9802109].", "Special issue.", "Invited talk.", "First published 1967.", "(abstract).", "Unpublished lecture notes.", "Poster presented at the annual meeting.", "(Reprint)", "PubMed PMID: 8912334; PMCID: PMC30211.", "Paper presented at the annual conference.", "personal communication.", "[Online; accessed 12-May-2014].", "arXiv:1207.0580.", "arXiv preprint arXiv:1409.1556.", "In German.", "Reissued 1985.", "Working draft.", "draft available from the authors.", "Also available as a technical report.", "To appear in a special issue.", "Advance online publication.", "Epub ahead of print.", "see also the errata."],
        "medium": ["Print.", "Web.", "CD.", "DVD.", "Film.", "[DVD].", "Audio CD.", "CD-ROM."],
    },
    "fr": {
        "ed": ["(dir.)", "(éd.)", "éd.", "(sous la dir.)", "(Dir.)"], "eds": ["(dir.)", "(éds)", "(sous la direction de)", "(Dir.)", "(dirs.)", "(eds)", "éds."],
        "edited": ["sous la direction de", "sous la dir. de", "éd. par", "dir.", "sous la dir."], "in": ["dans", "in", "In", "Dans", "in :", "In :"],
        "page": ["p.", "pp.", "pages", "p"], "volume": ["vol.", "t.", "tome", "Vol.", "vol"], "issue": ["n°", "no", "n°", "nº", "N°", "n"], "and": ["et", "&"],
        "others": ["et al.", "et alii"], "thesis": ["thèse de doctorat", "Thèse", "Mémoire de maîtrise", "Thèse de doctorat en sociologie", "Mémoire de DEA"],
        "report": ["Rapport", "rapport de recherche", "Rapport technique", "Document de travail"], "translated": ["traduit par", "trad.", "trad. de l’anglais par", "Trad. fr. par", "Traduction de"],
        "retrieved": ["Disponible sur :", "En ligne :", "[en ligne]", "URL :", "Disponible à :"], "accessed": ["consulté le {}", "(consulté le {})", "[consulté le {}]"],
        "edition": ["2e éd.", "3e édition", "nouvelle édition", "2ème édition", "rééd.", "2ème éd. revue"], "unpublished": ["à paraître", "s.d.", "sous presse"],
        "note": ["(dossier)", "[En ligne]", "Inédit.", "Manuscrit."], "medium": ["[DVD]", "[en ligne]"],
    },
    "de": {
        "ed": ["(Hrsg.)", "(Hg.)", "Hrsg.", "(Ed.)"], "eds": ["(Hrsg.)", "(Hg.)", "(Hgg.)", "(Hrsg)", "(Eds.)"], "edited": ["hrsg. von", "hg. v.", "herausgegeben von", "Hrsg.", "hg. von"],
        "in": ["In:", "in:", "In", "in"], "page": ["S.", "S.", "Seiten", "S"], "volume": ["Bd.", "Band", "Jg.", "Vol.", "Bd"], "issue": ["Nr.", "H.", "Heft", "Nr"],
        "and": ["und", "/", "u.", "&"], "others": ["u. a.", "et al.", "u.a."], "thesis": ["Dissertation", "Diss.", "Magisterarbeit", "Habilitationsschrift", "Diss. phil.", "Masterarbeit"],
        "report": ["Forschungsbericht", "Bericht", "Arbeitspapier"], "translated": ["übersetzt von", "Übers. v.", "aus dem Englischen von"], "retrieved": ["Verfügbar unter:", "URL:", "online:", "Online unter", "Internet:"],
        "accessed": ["(Zugriff: {})", "[Stand: {}]", "(abgerufen am {})"], "edition": ["2. Aufl.", "3. Auflage", "2., überarb. Aufl.", "4. Aufl."], "unpublished": ["im Druck", "o. J.", "im Erscheinen"],
        "note": ["Typoskript.", "Sonderdruck."], "medium": ["[DVD]", "Print."],
    },
    "es": {
        "ed": ["(ed.)", "(coord.)", "(org.)", "(Org.)", "(comp.)"], "eds": ["(eds.)", "(coords.)", "(orgs.)", "(Orgs.)", "(comps.)"], "edited": ["editado por", "organizado por", "Ed.", "Org."],
        "in": ["En", "en", "In:", "Em", "In", "en:"], "page": ["p.", "pp.", "págs.", "p"], "volume": ["vol.", "v.", "Vol.", "t."], "issue": ["n.º", "núm.", "n.", "nº", "no."], "and": ["y", "e", "&", ";"],
        "others": ["et al.", "y otros", "[et al.]"], "thesis": ["Tesis doctoral", "Tese (Doutorado)", "Dissertação de mestrado", "Dissertação (Mestrado)", "Tesis de licenciatura"], "report": ["Informe", "Relatório", "Documento de trabajo"],
        "translated": ["Trad.", "traducción de", "Tradução de", "trad. de"], "retrieved": ["Disponible en:", "Disponível em:", "Recuperado de", "Disponible en"], "accessed": ["Acesso em: {}", "(consultado el {})", "Consulta: {}"],
        "edition": ["2. ed.", "2.ª ed.", "3ª edición", "1ª ed.", "5ª ed."], "unpublished": ["en prensa", "no prelo", "s. f.", "s.d."], "note": ["Mimeo.", "(mimeo)", "Inédito."], "medium": ["[DVD]"],
    },
    "it": {
        "ed": ["(a cura di)", "(cur.)", "(ed.)"], "eds": ["(a cura di)", "(curr.)", "(edd.)", "(eds.)"], "edited": ["a cura di", "a c. di", "ed."], "in": ["in", "In", "in:"], "page": ["p.", "pp.", "pp"],
        "volume": ["vol.", "v.", "t.", "Vol."], "issue": ["n.", "fasc.", "n°"], "and": ["e", "-", "&", "–"], "others": ["et al.", "e altri"], "thesis": ["tesi di dottorato", "Tesi di laurea", "Tesi di Dottorato"],
        "report": ["Rapporto", "Quaderno"], "translated": ["trad. it. di", "trad. di", "tr. it. di"], "retrieved": ["Disponibile su:", "in", "URL:"], "accessed": ["(consultato il {})", "[consultato il {}]"],
        "edition": ["2ª ed.", "II ed.", "nuova ed."], "unpublished": ["in corso di stampa", "s.d.", "in c.s."], "note": ["(dattiloscritto)", "Catalogo della mostra."], "medium": ["[DVD]"],
    },
}  # fmt: skip
