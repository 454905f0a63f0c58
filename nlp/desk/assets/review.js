// A statement at a time, by keyboard. Whatever decides something is sent at once; the page waits for nothing but its order.

import { get, notice, post, t, typing } from "/assets/desk.js";

const setup = JSON.parse(document.getElementById("setup").textContent);
const MARKS = /[，,。；;：:！!？?]/; // behind which a statement may be cut
const element = (id) => document.getElementById(id);

let units = []; // { id, done }
let at = 0;
let unit = null; // as the desk told it
let decision = null; // { parts: [{ end, role, labels }], joined, note, done }
let part = 0; // the part that roles and labels go to
let cut = null; // while a place to cut is chosen: { places, at }
let sending = Promise.resolve(); // decisions arrive in the order in which they were made

const schemeOf = (role) => (setup.labels.own ? "own" : role);
const offered = () => setup.labels[schemeOf(decision.parts[part].role)] || [];
const nameOf = (key) => Object.values(setup.labels).flat().find((label) => label.key === key)?.name || key;
const roleName = (key) => setup.roles.find((role) => role.key === key)?.name || "—";
const startOf = (number) => (number ? decision.parts[number - 1].end : 0);

/** Send the decision as it is now. What fails is said, and the statement is shown as the desk has it. */
function commit() {
  const kept = JSON.parse(JSON.stringify(decision));
  const id = unit.id;
  sending = sending
    .then(() => post(`/review/units/${id}`, { annotator: setup.annotator, decision: kept }))
    .catch((error) => {
      notice(t("没有存上：{reason}", { reason: error.message }), "bad");
      return show(at);
    });
  const entry = units.find((one) => one.id === id);
  entry.done = kept.done;
  return sending;
}

async function show(number) {
  if (!units.length) return;
  at = (number + units.length) % units.length;
  await sending;
  unit = await get(`/review/units/${units[at].id}.json?annotator=${encodeURIComponent(setup.annotator)}`);
  decision = unit.decision || { parts: [{ end: unit.shown.text.length, role: null, labels: [] }], joined: false, note: "", done: false };
  part = 0;
  cut = null;
  draw();
}

function button(text, press, chosen, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.setAttribute("aria-pressed", String(chosen));
  if (press) {
    const key = document.createElement("kbd");
    key.textContent = press.toUpperCase();
    made.append(key, " ");
  }
  made.append(t(text));
  made.addEventListener("click", act);
  return made;
}

function drawParts() {
  const box = element("parts");
  box.replaceChildren();
  decision.parts.forEach((one, number) => {
    const line = document.createElement("p");
    line.className = `part${number === part && decision.parts.length > 1 ? " active" : ""}`;
    const text = unit.shown.text.slice(startOf(number), one.end);
    if (cut && number === part) {
      const place = cut.places[cut.at];
      const mark = document.createElement("span");
      mark.className = "cut";
      mark.textContent = "✂";
      line.append(text.slice(0, place), mark, text.slice(place));
    } else {
      line.append(text);
    }
    for (const [kind, key, shown] of [["role", one.role, t(roleName(one.role))], ...one.labels.map((label) => ["label", label, nameOf(label)])]) {
      if (!key) continue;
      const chip = document.createElement("span");
      chip.className = `chip ${kind === "role" ? key : "label"}`;
      chip.textContent = shown;
      line.append(" ", chip);
    }
    line.addEventListener("click", () => {
      part = number;
      draw();
    });
    box.append(line);
  });
}

function draw() {
  const { shown } = unit;
  element("where").textContent = [shown.issuer, shown.year, shown.heading].filter(Boolean).join(" · ");
  element("before").textContent = shown.before;
  element("after").textContent = shown.after;
  element("after").classList.toggle("joined", decision.joined);
  element("note").value = decision.note;
  drawParts();
  const told = shown.role ? `${t("模型")}: ${[t(roleName(shown.role)), ...shown.labels.map(nameOf)].join(" · ")}` : "";
  element("suggested").textContent = told;
  const mine = decision.parts[part];
  element("roles").replaceChildren(
    ...setup.roles.map((role, number) => button(role.name, String(number + 1), mine.role === role.key, () => chooseRole(role.key))),
  );
  element("labels").replaceChildren(
    ...offered().map((label) => button(label.name, label.press, mine.labels.includes(label.key), () => toggleLabel(label.key))),
  );
  const done = units.filter((one) => one.done).length;
  element("done-bar").max = units.length;
  element("done-bar").value = done;
  element("done-text").textContent = t("第{a}条，已完成{b} / {c}", { a: at + 1, b: done, c: units.length });
  document.querySelector(".unit").classList.toggle("done", decision.done);
}

function chooseRole(role) {
  const mine = decision.parts[part];
  if (mine.role !== role && schemeOf(mine.role) !== schemeOf(role)) mine.labels = []; // labels of another role are none of this one
  mine.role = role;
  commit();
  draw();
}

function toggleLabel(key) {
  const mine = decision.parts[part];
  mine.labels = mine.labels.includes(key) ? mine.labels.filter((label) => label !== key) : [...mine.labels, key];
  commit();
  draw();
}

function adopt() {
  if (!unit.shown.role || decision.parts.length > 1) return;
  decision.parts[0].role = unit.shown.role;
  decision.parts[0].labels = [...unit.shown.labels];
  commit();
  draw();
}

async function finish() {
  if (decision.parts.some((one) => !one.role)) {
    notice(t("请先选类别"), "bad");
    return;
  }
  decision.done = true;
  await commit();
  const left = units.findIndex((one, number) => number > at && !one.done);
  const first = units.findIndex((one) => !one.done);
  if (left < 0 && first < 0) {
    notice(t("全部完成"));
    draw();
    return;
  }
  show(left >= 0 ? left : first);
}

function startCut() {
  const text = unit.shown.text.slice(startOf(part), decision.parts[part].end);
  const places = [...text].map((character, number) => number + 1).filter((place) => place < text.length);
  const behind = places.filter((place) => MARKS.test(text[place - 1]));
  if (!places.length) return;
  cut = { places: behind.length ? behind : places, at: 0 };
  draw();
}

function keyWhileCutting(key) {
  if (key === "ArrowRight") cut.at = Math.min(cut.at + 1, cut.places.length - 1);
  else if (key === "ArrowLeft") cut.at = Math.max(cut.at - 1, 0);
  else if (key === "Escape") cut = null;
  else if (key === "Enter") {
    const whole = decision.parts[part];
    const end = startOf(part) + cut.places[cut.at];
    decision.parts.splice(part, 0, { end, role: whole.role, labels: [...whole.labels] });
    cut = null;
    commit();
  } else return;
  draw();
}

async function undo() {
  await sending;
  const { unit: id } = await post("/review/undo", { annotator: setup.annotator });
  if (id === null) {
    notice(t("没有可以撤销的"));
    return;
  }
  const fresh = await get(`/review/queue.json?annotator=${encodeURIComponent(setup.annotator)}`);
  units = fresh.units;
  await show(units.findIndex((one) => one.id === id));
  notice(t("已撤销"));
}

const keys = {
  Enter: finish,
  ArrowRight: () => show(at + 1),
  ArrowLeft: () => show(at - 1),
  " ": adopt,
  s: startCut,
  z: undo,
  n: () => element("note").focus(),
  m: () => {
    decision.joined = !decision.joined;
    commit();
    draw();
  },
  Tab: () => {
    part = (part + 1) % decision.parts.length;
    draw();
  },
};

document.addEventListener("keydown", (event) => {
  if (typing(event) || !unit) return;
  if (event.target.closest("button, a") && (event.key === "Enter" || event.key === " " || event.key === "Tab")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (cut) {
    event.preventDefault();
    keyWhileCutting(event.key);
    return;
  }
  const role = setup.roles[Number(key) - 1];
  const label = offered().find((one) => one.press === key);
  if (key === "Tab" && decision.parts.length < 2) return; // else the focus moves as everywhere
  if (role) chooseRole(role.key);
  else if (label) toggleLabel(label.key);
  else if (keys[key]) keys[key]();
  else return;
  event.preventDefault();
});

element("note").addEventListener("change", (event) => {
  decision.note = event.target.value;
  commit();
});
element("note").addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === "Escape") event.target.blur();
});
element("previous").addEventListener("click", () => show(at - 1));
element("next").addEventListener("click", () => show(at + 1));
element("save").addEventListener("click", finish);

units = (await get(`/review/queue.json?annotator=${encodeURIComponent(setup.annotator)}`)).units;
const first = units.findIndex((one) => !one.done);
await show(first < 0 ? 0 : first);
