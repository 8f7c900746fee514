// What the page does beyond being read: filter, sort, copy, download, and keep what is chosen in the address (#q=peace).
// Without it the list and its details still stand.
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const list = find("#works");
  const entries = [...list.children];
  const fields = ["words", "type", "language", "from", "to", "verdict", "sort"]
    .map((id) => find(`#${id}`)).filter(Boolean);
  const filters = fields.filter((field) => field.id !== "sort");
  const status = find("#status");

  // Large lists: the texts are parsed when the first one is wanted.
  let parsed;
  const texts = () => (parsed ??= JSON.parse(find("#texts").textContent));

  const script = () => (find("#script-original")?.checked ? 1 : 0);
  // The places of each entry by author and by title, in each script, come with the page: browsers have no Tajik collation.
  const [places, titlePlaces] = ["places", "titles"].map(
    (name) => new Map(entries.map((entry) => [entry, entry.dataset[name].split(" ").map(Number)])));
  const place = (entry) => places.get(entry)[script()];
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
      const parts = [...entry.querySelectorAll(".ref, .facts > :not(.copies), .link, .editor")];
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
    title: (one, two) => titlePlaces.get(one)[script()] - titlePlaces.get(two)[script()],
    newest: (one, two) => year(two, -Infinity) - year(one, -Infinity),
    oldest: (one, two) => year(one, Infinity) - year(two, Infinity),
    type: text(".type"),
    language: text(".language"),
  };

  const value = (id) => find(`#${id}`)?.value ?? "";
  let shown = entries;
  const isWhole = () => shown.length === entries.length;
  const filter = () => {
    const words = fold(value("words")).split(/\s+/).filter(Boolean);
    const [from, to] = [value("from"), value("to")];
    shown = entries.filter((entry) => {
      const data = entry.dataset;
      return ["type", "language", "verdict"].every((id) => !value(id) || data[id] === value(id))
        && (!from || year(entry, NaN) >= Number(from))
        && (!to || year(entry, NaN) <= Number(to))
        && words.every((word) => haystack(entry).includes(word));
    });
    const wanted = new Set(shown);
    for (const entry of entries) entry.hidden = !wanted.has(entry);
    const all = entries.length === 1 ? "1 work" : `${entries.length} works`;
    status.textContent = isWhole() ? all : shown.length ? `${shown.length} of ${all}` : "Nothing found:";
    find("#clear").hidden = !filters.some((field) => field.value);
    find("#shown").textContent = isWhole() ? "Download the list:" : `Download ${shown.length} of ${all}:`;
    find(".downloads").hidden = !shown.length;
  };

  const clear = () => {
    for (const field of filters) field.value = "";
    filter();
  };

  const sort = () => {
    const order = orders[value("sort")];
    entries.sort((one, two) => order(one, two) || place(one) - place(two));
    list.replaceChildren(...entries); // all at once: one by one takes fifty times as long
  };

  // The address: each choice is a step for the Back button, each word that is typed is not.
  const scripts = [...document.querySelectorAll("[name=script]")];
  const parameter = (field) => (field.id === "words" ? "q" : field.id);
  const standard = (field) => (field.tagName === "SELECT" ? field.options[0].value : "");
  const address = () => {
    const chosen = new URLSearchParams();
    for (const field of fields) if (field.value !== standard(field)) chosen.set(parameter(field), field.value);
    for (const radio of scripts) if (radio.checked && !radio.defaultChecked) chosen.set("script", radio.value);
    return chosen.size ? `#${chosen}` : location.pathname + location.search;
  };
  let typed; // the field whose words are the newest step
  let waiting;
  const remember = (field) => {
    clearTimeout(waiting);
    const next = address();
    try {
      if (new URL(next, location).href !== location.href) {
        history[field && field === typed ? "replaceState" : "pushState"](null, "", next);
      }
    } catch {
      // a page inside another one may have no address of its own
    }
    typed = field;
  };
  const read = () => {
    clearTimeout(waiting);
    typed = undefined;
    const name = location.hash.slice(1);
    const target = document.getElementById(name);
    if (!target) {
      const chosen = new URLSearchParams(name);
      for (const field of fields) {
        field.value = chosen.get(parameter(field)) ?? standard(field);
        if (field.selectedIndex === -1) field.value = standard(field); // this list has no such type
      }
      for (const radio of scripts) {
        radio.checked = chosen.has("script") ? radio.value === chosen.get("script") : radio.defaultChecked;
      }
    }
    sort();
    filter();
    if (target?.hidden) clear();
    target?.scrollIntoView();
  };

  const copy = async (wanted) => {
    try {
      await navigator.clipboard.writeText(wanted);
      return true;
    } catch { // no clipboard outside secure pages, or not allowed
      const area = document.createElement("textarea");
      area.value = wanted;
      document.body.append(area);
      area.select();
      const isDone = document.execCommand("copy");
      area.remove();
      return isDone;
    }
  };
  // What is done stands at the button for a moment, and is said to who does not see it.
  const say = (button, word, sentence) => {
    button.dataset.said = word;
    find("#said").textContent = sentence;
    const now = (button.dataset.when = String(performance.now()));
    setTimeout(() => {
      if (button.dataset.when === now) delete button.dataset.said;
    }, 2000);
  };
  const number = (entry, format) => Number(format === "gost" ? entry.dataset.gost : entry.dataset.number);
  const whole = (format) => {
    if (format === "apa") {
      return [...shown].sort((one, two) => place(one) - place(two)).map((entry) => `${reference(entry)}\n`).join("\n");
    }
    const { header, separator, footer, records } = texts()[format];
    // The whole list has the personal communications too, which no APA list shows.
    const wanted = isWhole() ? records
      : shown.map((entry) => number(entry, format)).sort((one, two) => one - two).map((place) => records[place]);
    return header + wanted.join(separator) + footer;
  };
  list.addEventListener("click", async ({ target }) => {
    const button = target.closest("button[data-format]");
    if (!button) return;
    const entry = button.closest("li");
    const { format } = button.dataset;
    const record = format === "apa" ? reference(entry) : texts()[format].records[number(entry, format)];
    const isDone = await copy(format === "gost" ? record.trimEnd() : record);
    button.focus();
    const word = isDone ? "copied" : "not copied";
    say(button, word, `${button.textContent} of ${find(".key", entry).textContent} ${word}`);
  });

  const save = (name, contents) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([contents], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  find(".downloads").addEventListener("click", ({ target }) => {
    const { format, file: name } = target.dataset;
    if (!name) return;
    save(name, whole(format));
    say(target, "saved", `${name} saved`);
  });

  for (const entry of entries) {
    const copies = find("#copies").content.cloneNode(true);
    for (const button of copies.querySelectorAll("button")) {
      button.setAttribute("aria-label", `Copy ${button.textContent} of ${find(".key", entry).textContent}`);
    }
    find(".facts", entry).append(copies);
  }
  for (const field of fields) {
    field.addEventListener("input", () => {
      (field.id === "sort" ? sort : filter)();
      clearTimeout(waiting);
      if (field.tagName === "SELECT") remember();
      else waiting = setTimeout(remember, 300, field); // browsers stop a page that writes too often
    });
    field.addEventListener("change", () => { // the words are complete
      remember(typed);
      typed = undefined;
    });
  }
  for (const radio of scripts) {
    radio.addEventListener("change", () => {
      sort();
      remember();
    });
  }
  find("#clear").addEventListener("click", () => {
    clear();
    remember();
    find("#words").focus();
  });
  // The first letter that is typed finds the texts of a long list ready. Safari has no idle time to give.
  const waitingEntries = [...entries];
  const prepare = (deadline) => {
    while (waitingEntries.length && deadline.timeRemaining() > 1) haystack(waitingEntries.pop());
    if (waitingEntries.length) requestIdleCallback(prepare);
  };
  window.requestIdleCallback?.(prepare);
  for (const part of document.querySelectorAll(".tools")) part.hidden = false;
  window.addEventListener("hashchange", read);
  read();
})();
