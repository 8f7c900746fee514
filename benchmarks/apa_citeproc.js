// Render CSL-JSON items with citeproc-js: node apa_citeproc.js MODULE LOCALE STYLE ITEMS; prints seconds and the count.
const fs = require("fs");
const [, , module_, locale, style, items] = process.argv;
const CSL = require(module_);
const data = JSON.parse(fs.readFileSync(items, "utf8"));
const byId = new Map(data.map((item) => [item.id, item]));
const sys = { retrieveLocale: () => fs.readFileSync(locale, "utf8"), retrieveItem: (id) => byId.get(id) };
const engine = new CSL.Engine(sys, fs.readFileSync(style, "utf8"));
const start = process.hrtime.bigint();
engine.updateItems(data.map((item) => item.id));
const entries = engine.makeBibliography()[1];
console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - start) / 1e9, count: entries.length }));
