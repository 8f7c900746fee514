// What the page does beyond being read: filter, sort, copy, download. Without it the list and its details still stand.
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const list = find("#works");
  const entries = [...list.children];
  const fields = ["words", "type", "language", "from", "to", "verdict", "sort"]
    .map((id) => find(`#${id}`)).filter(Boolean);
  const status = find("#status");

  // Large lists: the texts are parsed when the first one is wanted.
  let parsed;
  const texts = () => (parsed ??= JSON.parse(find("#texts").textContent));

  const script = () => (find("#script-original")?.checked ? 1 : 0);
  const place = (entry) => Number(entry.dataset.places.split(" ")[script()]);
  const reference = (entry) =>
    (find(script() ? ".ref.original" : ".ref.latin", entry) ?? find(".ref", entry)).textContent;

  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const languageName = (tag) => {
    try {
      return names.of(tag);
    } catch {
      return tag; // no language tag: shown as it is
    }
  };
  for (const shown of document.querySelectorAll(".language, #language option:not([value])")) {
    if (shown.tagName === "OPTION") shown.value = shown.textContent;
    shown.textContent = languageName(shown.textContent);
  }

  // As Library.search folds: no case, no combining marks, so that both и and ӣ find ӣ.
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const folded = new Map();
  const haystack = (entry) => {
    if (!folded.has(entry)) {
      const parts = [...entry.querySelectorAll(".ref, .facts, .link, .editor")];
      folded.set(entry, fold(parts.map((part) => part.textContent).join("\n")));
    }
    return folded.get(entry);
  };

  const collator = new Intl.Collator("en");
  const year = (entry, undated) => Number(entry.dataset.year ?? undated);
  const text = (selector) => (one, two) =>
    collator.compare(find(selector, one)?.textContent ?? "\uffff", find(selector, two)?.textContent ?? "\uffff");
  const orders = {
    author: () => 0,
    newest: (one, two) => year(two, -Infinity) - year(one, -Infinity),
    oldest: (one, two) => year(one, Infinity) - year(two, Infinity),
    type: text(".type"),
    language: text(".language"),
  };

  const value = (id) => find(`#${id}`)?.value ?? "";
  const filter = () => {
    const words = fold(value("words")).split(/\s+/).filter(Boolean);
    const [from, to] = [value("from"), value("to")];
    let count = 0;
    for (const entry of entries) {
      const data = entry.dataset;
      const shown = ["type", "language", "verdict"].every((id) => !value(id) || data[id] === value(id))
        && (!from || year(entry, NaN) >= Number(from))
        && (!to || year(entry, NaN) <= Number(to))
        && words.every((word) => haystack(entry).includes(word));
      entry.hidden = !shown;
      count += shown;
    }
    const all = entries.length === 1 ? "1 work" : `${entries.length} works`;
    status.textContent = count === entries.length ? all : `${count} of ${all}`;
  };

  // The places come with the page, in the order of each script's own list: browsers have no Tajik collation.
  const sort = () => {
    const order = orders[value("sort")];
    entries.sort((one, two) => order(one, two) || place(one) - place(two));
    list.replaceChildren(...entries); // all at once: one by one takes fifty times as long
  };

  const copy = async (wanted) => {
    try {
      await navigator.clipboard.writeText(wanted);
    } catch { // no clipboard outside secure pages, or not allowed
      const area = document.createElement("textarea");
      area.value = wanted;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  list.addEventListener("click", async ({ target }) => {
    const button = target.closest("button[data-format]");
    if (!button) return;
    const entry = button.closest("li");
    const { format } = button.dataset;
    const one = format === "apa" ? reference(entry)
      : format === "gost" ? texts().gost[entry.dataset.gost].trim()
      : texts()[format][entry.dataset.number].trimStart();
    await copy(one);
    button.focus();
    status.textContent = `${button.textContent} of ${find(".key", entry).textContent} copied`;
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  });

  const save = (file, whole) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([whole], { type: "text/plain;charset=utf-8" }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  find(".downloads").addEventListener("click", ({ target }) => {
    const { format, file } = target.dataset;
    if (!file) return;
    const listed = () => [...entries].sort((one, two) => place(one) - place(two)).map((entry) => `${reference(entry)}\n`);
    save(file, format === "apa" ? listed().join("\n") : texts()[format].join(""));
  });

  for (const entry of entries) {
    const copies = find("#copies").content.cloneNode(true);
    for (const button of copies.querySelectorAll("button")) {
      button.setAttribute("aria-label", `Copy ${button.textContent} of ${find(".key", entry).textContent}`);
    }
    find(".facts", entry).append(copies);
  }
  for (const field of fields) field.addEventListener("input", field.id === "sort" ? sort : filter);
  find(".script")?.addEventListener("change", sort);
  for (const part of document.querySelectorAll(".tools, .downloads")) part.hidden = false;
  sort(); // a browser that comes back to the page keeps what was chosen
  filter();
})();
