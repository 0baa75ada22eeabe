// Lights up where a value was printed, goes from doubt to doubt, and sends what a person says of a value.
// Text only ever enters the page by textContent.
const sheet = document.querySelector(".sheet");
if (sheet) start();
for (const img of document.querySelectorAll("figure img")) watch(img);

// What a picture lacks stands in its answer, as does why there is none; it is told in the picture's caption.
function watch(img) {
  const told = async () => {
    try {
      const answer = await fetch(img.src, { cache: "force-cache" });
      const drawn = img.naturalWidth > 0;
      if (answer.ok && !drawn && !img.dataset.again) {
        img.dataset.again = "1";
        img.src = `${img.src}`;
        return;
      }
      const words = (code) => document.querySelector(`#picture-words [data-code="${code}"]`)?.textContent ?? code;
      const codes = (answer.headers.get("x-hyoka-warnings") || "").split(",").filter(Boolean);
      const texts = answer.ok ? codes.map(words) : [await answer.text()];
      const caption = img.closest("figure").querySelector("figcaption");
      caption.querySelector(".lack")?.remove();
      if (texts.length === 0) return;
      const note = document.createElement("span");
      note.className = "lack";
      note.textContent = texts.join(" ");
      caption.append(note);
    } catch {
      // The server is gone; the page itself says so at the next click.
    }
  };
  img.addEventListener("load", told);
  img.addEventListener("error", told);
  if (img.complete) told();
}

function start() {
  const by = (id) => document.getElementById(id);
  const panel = by("panel");
  const doubts = [...sheet.querySelectorAll(".fields .doubt[data-doubts]")];
  let selected = null;

  by("doubt-count").textContent = doubts.length ? `0 / ${doubts.length}` : "0";
  for (const id of ["doubt-prev", "doubt-next"]) by(id).disabled = doubts.length === 0;

  function boxes(evidence) {
    return [...sheet.querySelectorAll("rect.box")].filter((box) => box.dataset.for === evidence);
  }

  function spots(element) {
    const at = element.dataset.evidence;
    const found = at ? boxes(at) : [];
    const lines = (element.dataset.lines || "").split(",").filter(Boolean).map((n) => by(`line-${n}`)).filter(Boolean);
    if (found.length || lines.length) return [...found, ...lines];
    // A group is where its values are.
    const below = `${element.dataset.pointer || "-"}/`;
    return [...sheet.querySelectorAll("rect.box")].filter((box) => box.dataset.for.startsWith(below));
  }

  function shown(json) {
    if (json === undefined || json === "") return "";
    const value = JSON.parse(json);
    return typeof value === "string" ? value : JSON.stringify(value, null, 1);
  }

  function select(element, scrollFields) {
    for (const old of sheet.querySelectorAll(".on")) old.classList.remove("on");
    selected = element;
    if (!element) {
      panel.hidden = true;
      return;
    }
    element.classList.add("on");
    const places = spots(element);
    for (const place of places) place.classList.add("on");
    const data = element.dataset;
    const plain = data.value !== undefined && data.value !== "" && !/^[[{]/.test(data.value);
    by("panel-label").textContent = data.label || data.pointer || "";
    by("panel-label").lang = /[\u3040-\u30ff\u3400-\u9fff]/.test(data.label) ? "ja" : document.documentElement.lang;
    by("panel-value").textContent = plain ? shown(data.value) : "";
    by("panel-text").textContent = data.text || "";
    by("panel-method").textContent = data.method || "";
    const list = by("panel-doubts");
    list.replaceChildren();
    for (const text of data.doubts ? data.doubts.split("\n") : []) {
      const item = document.createElement("li");
      item.textContent = text;
      list.append(item);
    }
    // A correction that was not applied is taken back before anything else.
    const refused = data.refused !== undefined;
    by("confirm").hidden = refused || !element.classList.contains("doubt") || !data.pointer;
    by("undo").hidden = !data.undo;
    // A value that was left out can be said.
    by("correct").hidden = refused || !data.pointer || !(plain || data.absent !== undefined);
    by("to").value = plain && data.value !== "null" ? shown(data.value) : "";
    by("to-null").checked = data.value === "null";
    by("to").disabled = by("to-null").checked;
    by("panel-message").textContent = "";
    panel.hidden = false;
    if (places[0]) scrollInside(places[0]);
    if (scrollFields) element.scrollIntoView({ block: "center" });
    const at = doubts.indexOf(element);
    if (at >= 0) by("doubt-count").textContent = `${at + 1} / ${doubts.length}`;
  }

  // Scrolls the paper alone, so that the fields stay where they are.
  function scrollInside(place) {
    const paper = sheet.querySelector(".paper");
    const [a, b] = [place.getBoundingClientRect(), paper.getBoundingClientRect()];
    paper.scrollBy({ top: a.top - b.top - b.height / 3, left: a.left - b.left - b.width / 4 });
  }

  function step(by) {
    if (!doubts.length) return;
    const at = doubts.indexOf(selected);
    const to = doubts[(at < 0 ? (by > 0 ? 0 : doubts.length - 1) : at + by + doubts.length) % doubts.length];
    const list = to.closest("details");
    if (list) list.open = true;
    to.focus({ preventScroll: true });
    select(to, true);
  }

  sheet.querySelector(".fields").addEventListener("click", (event) => {
    const leaf = event.target.closest("button.leaf") || (event.target.closest("#panel, button, a, summary") ? null : event.target.closest(".doubt[data-doubts], [data-pointer]"));
    if (!leaf) return;
    select(leaf, false);
    // A click of no mouse button is the Enter key.
    if (event.detail === 0) enter();
  });
  sheet.querySelector(".paper").addEventListener("click", (event) => {
    const box = event.target.closest("rect.box");
    const line = event.target.closest("li[id^='line-']");
    let found = null;
    if (box) {
      const own = (leaf) => leaf.dataset.evidence === box.dataset.for;
      found = [...sheet.querySelectorAll(".leaf")].find(own);
    } else if (line) {
      const number = line.id.slice(5);
      found = [...sheet.querySelectorAll(".leaf")].find((leaf) => (leaf.dataset.lines || "").split(",").includes(number));
    }
    if (found) {
      found.focus({ preventScroll: true });
      select(found, true);
    }
  });
  // Into the panel by the keyboard: to what can be done there.
  function enter() {
    const first = ["confirm", "undo", "to", "to-null", "close"].map(by).find((control) => !control.disabled && control.offsetParent);
    first?.focus();
  }

  // Out of the panel: back to the value.
  function leave() {
    const last = selected;
    select(null);
    last?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && selected) leave();
    else if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    else if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Enter" && event.target.matches(".fields [data-pointer]:not(button), .fields .doubt:not(button)")) {
      select(event.target, false);
      enter();
    } else return;
    event.preventDefault();
  });
  by("doubt-next").addEventListener("click", () => step(1));
  by("doubt-prev").addEventListener("click", () => step(-1));
  by("close").addEventListener("click", leave);
  by("to-null").addEventListener("change", () => { by("to").disabled = by("to-null").checked; });

  async function send(said) {
    const message = by("panel-message");
    message.textContent = "";
    try {
      const answer = await fetch("/api/corrections", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ document: sheet.dataset.document, pointer: selected.dataset.pointer, ...said }),
      });
      if (answer.ok) {
        history.replaceState(null, "", `#v${selected.dataset.pointer}`);
        location.reload();
        return;
      }
      const told = answer.headers.get("content-type")?.includes("json") ? (await answer.json()).message : await answer.text();
      const reason = document.createElement("span");
      reason.lang = "en";
      reason.textContent = told;
      message.replaceChildren(...(answer.status === 409 ? [`${sheet.dataset.stale}: `] : []), reason);
    } catch (fault) {
      message.textContent = String(fault);
    }
  }

  by("correct").addEventListener("submit", (event) => {
    event.preventDefault();
    send({ action: "correct", from: selected.dataset.value ?? "", to: by("to-null").checked ? null : by("to").value });
  });
  by("confirm").addEventListener("click", () => send({ action: "confirm", from: selected.dataset.value ?? "" }));
  by("undo").addEventListener("click", () => send({ action: "undo", of: selected.dataset.undo }));

  const asked = by(decodeURIComponent(location.hash.slice(1)));
  if (asked && asked.matches(".leaf, [data-pointer]")) {
    asked.focus({ preventScroll: true });
    select(asked, true);
  }
}
