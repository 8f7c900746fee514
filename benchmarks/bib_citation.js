// Print CSL-JSON items as BibTeX with citation-js: node bib_citation.js MODULES ITEMS.
const fs = require("fs");
const [, , modules, items] = process.argv;
const { plugins } = require(`${modules}/@citation-js/core`);
require(`${modules}/@citation-js/plugin-bibtex`);
console.log(plugins.output.format("bibtex", JSON.parse(fs.readFileSync(items, "utf8"))));
