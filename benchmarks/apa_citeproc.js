// Print the list of CSL-JSON items with citeproc-js: node apa_citeproc.js MODULE LOCALE STYLE ITEMS.
const fs = require("fs");
const [, , module_, locale, style, items] = process.argv;
const CSL = require(module_);
const data = JSON.parse(fs.readFileSync(items, "utf8"));
const byId = new Map(data.map((item) => [item.id, item]));
const sys = { retrieveLocale: () => fs.readFileSync(locale, "utf8"), retrieveItem: (id) => byId.get(id) };
const engine = new CSL.Engine(sys, fs.readFileSync(style, "utf8"));
engine.updateItems(data.map((item) => item.id));
console.log(engine.makeBibliography()[1].join(""));
