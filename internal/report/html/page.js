"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const findings = all(".finding");
  const groups = all(".verdict");
  const sheets = all(".sheet");
  const search = find("#q");
  const boxes = all("fieldset[data-facet]");
  const selects = all("select[data-facet]");
  const count = find("#shown");
  const theme = find("#theme");
  const choice = find("#map-choice");
  const usual = { verdict: ["fail", "unknown"] };
  const words = new Map(); // the text of each finding, once it is asked for

  const chosen = (set) => all("input:checked", set).map((box) => box.value);
  const same = (a, b) => a.length === b.length && a.every((value) => b.includes(value));

  // What a finding has of a facet.
  const values = (finding, facet) => {
    const text = finding.dataset[facet];
    if (facet === "stage") return text.split(" ");
    if (facet === "environment") return text.split("\n");
    return [text];
  };

  const textOf = (finding) => {
    if (!words.has(finding)) words.set(finding, finding.textContent.toLowerCase());
    return words.get(finding);
  };

  const wanted = () => {
    const tests = [];
    for (const set of boxes) {
      const names = chosen(set);
      if (names.length) tests.push((finding) => names.includes(finding.dataset[set.dataset.facet]));
    }
    for (const select of selects) {
      const value = select.value;
      if (value) tests.push((finding) => values(finding, select.dataset.facet).includes(value));
    }
    for (const word of search.value.toLowerCase().split(/\s+/).filter(Boolean)) {
      tests.push((finding) => textOf(finding).includes(word));
    }
    return (finding) => tests.every((test) => test(finding));
  };

  const visible = () => findings.filter((finding) => !finding.hidden);

  const filter = () => {
    const show = wanted();
    let n = 0;
    for (const finding of findings) {
      finding.hidden = !show(finding);
      if (!finding.hidden) n++;
    }
    for (const group of groups) {
      const left = all(".finding:not([hidden])", group).length;
      group.hidden = left === 0;
      find(".n", group).textContent = left;
    }
    count.textContent = `${n} of ${findings.length} findings shown`;
    find("#nothing").hidden = n > 0 || findings.length === 0;
  };

  // The state of the page stands in the fragment of its address and nowhere else.
  const write = () => {
    const state = new URLSearchParams();
    if (search.value) state.set("q", search.value);
    for (const set of boxes) {
      const names = chosen(set);
      const facet = set.dataset.facet;
      if (!same(names, usual[facet] || [])) state.set(facet, names.join(","));
    }
    for (const select of selects) if (select.value) state.set(select.dataset.facet, select.value);
    if (choice && choice.selectedIndex > 0) state.set("map", choice.value);
    if (theme.value) state.set("theme", theme.value);
    const text = state.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  };

  const read = (state) => {
    search.value = state.get("q") || "";
    for (const set of boxes) {
      const facet = set.dataset.facet;
      const names = state.has(facet) ? state.get(facet).split(",") : usual[facet] || [];
      for (const box of all("input", set)) box.checked = names.includes(box.value);
    }
    for (const select of selects) {
      select.value = state.get(select.dataset.facet) || "";
      if (select.selectedIndex < 0) select.value = "";
    }
    theme.value = ["light", "dark"].includes(state.get("theme")) ? state.get("theme") : "";
    if (choice) {
      choice.value = state.get("map") || choice.options[0].value;
      if (choice.selectedIndex < 0) choice.selectedIndex = 0;
    }
  };

  const paint = () => {
    if (theme.value) root.dataset.theme = theme.value;
    else delete root.dataset.theme;
    for (const sheet of sheets) sheet.hidden = Boolean(choice) && sheet.dataset.map !== choice.value;
    filter();
  };

  const update = () => { paint(); write(); };

  const clear = () => {
    search.value = "";
    for (const set of boxes) {
      for (const box of all("input", set)) box.checked = (usual[set.dataset.facet] || []).includes(box.value);
    }
    for (const select of selects) select.value = "";
  };

  // A fragment is either a state, which holds "=", or the name of a place.
  const go = () => {
    const fragment = location.hash.slice(1);
    if (fragment.includes("=") || fragment === "") {
      read(new URLSearchParams(fragment));
      paint();
      return;
    }
    const target = document.getElementById(fragment);
    if (!target || !target.classList.contains("finding")) return;
    if (target.hidden) {
      clear();
      for (const box of all("input", find("[data-facet=verdict]"))) box.checked = false;
      filter();
    }
    target.open = true;
    find("summary", target).focus();
    target.scrollIntoView();
  };

  const move = (step) => {
    const list = visible();
    if (list.length === 0) return;
    const at = list.indexOf(document.activeElement.closest(".finding"));
    const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1);
    const summary = find("summary", list[next]);
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "nearest" });
  };

  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target === search) {
      if (event.key === "Escape") { search.value = ""; update(); search.blur(); event.preventDefault(); }
      if (event.key === "Enter" || event.key === "ArrowDown") { move(1); event.preventDefault(); }
      return;
    }
    if (target.matches("input, select, textarea")) return;
    const heading = target.matches(".finding > summary");
    if (event.key === "/") { search.focus(); search.select(); event.preventDefault(); }
    else if (event.key === "j" || (heading && event.key === "ArrowDown")) { move(1); event.preventDefault(); }
    else if (event.key === "k" || (heading && event.key === "ArrowUp")) { move(-1); event.preventDefault(); }
  };

  const copy = async (button) => {
    const text = find("pre", button.parentElement);
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };

  for (const element of all("[data-script]")) element.hidden = false;
  for (const cell of all("[data-filter]")) {
    const link = document.createElement("a");
    link.href = "#" + cell.dataset.filter;
    link.textContent = cell.textContent;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const state = new URLSearchParams(cell.dataset.filter);
      if (theme.value) state.set("theme", theme.value);
      if (choice && choice.selectedIndex > 0) state.set("map", choice.value);
      read(state);
      update();
      find("#findings").scrollIntoView();
      move(1);
    });
    cell.replaceChildren(link);
  }

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(update, 120); });
  find("#filter").addEventListener("submit", (event) => event.preventDefault());
  for (const control of [...boxes, ...selects, theme, choice]) if (control) control.addEventListener("change", update);
  for (const button of all(".reset")) button.addEventListener("click", () => { clear(); update(); search.focus(); });
  for (const button of all(".copy")) button.addEventListener("click", () => copy(button));
  find("#all").addEventListener("click", (event) => {
    const open = visible().some((finding) => !finding.open);
    for (const finding of visible()) finding.open = open;
    event.target.textContent = open ? "Collapse all" : "Expand all";
  });
  document.addEventListener("keydown", keys);
  addEventListener("hashchange", go);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = visible().filter((finding) => !finding.open);
    for (const finding of closed) finding.open = true;
  });
  addEventListener("afterprint", () => { for (const finding of closed) finding.open = false; closed = []; });

  read(new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : ""));
  paint();
  go();
})();
