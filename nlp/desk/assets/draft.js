// A finding and its places belong together: choosing one shows the other.

import { notice, post, t, typing } from "/assets/desk.js";

const findings = [...document.querySelectorAll(".finding")];
const marks = [...document.querySelectorAll("[data-findings]")];

function marksOf(number) {
  return marks.filter((mark) => mark.dataset.findings.split(" ").includes(String(number)));
}

function panelOf(mark) {
  return mark.closest('[role="tabpanel"]');
}

/** Show a finding: its card, its marks, and the first of them in the middle of the report. */
function choose(finding, { focus = true, scroll = true } = {}) {
  for (const other of findings) other.classList.toggle("chosen", other === finding);
  const own = marksOf(finding.dataset.number);
  for (const mark of marks) mark.classList.toggle("chosen", own.includes(mark));
  finding.scrollIntoView({ block: "nearest" });
  if (focus) finding.focus({ preventScroll: true });
  if (!scroll || !own.length) return;
  let shown = own.find((mark) => !panelOf(mark).hidden);
  if (!shown) {
    document.getElementById(panelOf(own[0]).getAttribute("aria-labelledby")).click();
    shown = own[0];
  }
  shown.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function chosenAt() {
  return findings.findIndex((finding) => finding.classList.contains("chosen"));
}

for (const finding of findings) {
  finding.querySelector(".go").addEventListener("click", () => choose(finding));
}
for (const mark of marks) {
  mark.addEventListener("click", () => {
    const numbers = mark.dataset.findings.split(" ");
    const at = numbers.indexOf(findings[chosenAt()]?.dataset.number);
    const next = numbers[(at + 1) % numbers.length]; // a place may be evidence of several: each click shows the next
    choose(document.getElementById(`finding-${next}`), { scroll: false });
  });
}
const draft = document.querySelector("[data-draft]").dataset.draft;
const KEYS = { c: "confirmed", b: "dismissed", d: "settled" };

/** Write a verdict on a finding, and show what stands now. Saying the same once more takes it back. */
async function say(finding, verdict, reason = "") {
  const button = finding.querySelector(`[data-verdict="${verdict}"]`);
  const given = button.getAttribute("aria-pressed") === "true" ? "withdrawn" : verdict;
  const why = finding.querySelector(".reason");
  if (given === "dismissed" && !reason) {
    why.hidden = false;
    why.querySelector("input").focus();
    return;
  }
  try {
    const { standing, told } = await post(`${draft}/verdicts`, { mark: finding.dataset.mark, verdict: given, reason });
    for (const one of finding.querySelectorAll("[data-verdict]")) {
      one.setAttribute("aria-pressed", String(one.dataset.verdict === standing.verdict));
    }
    finding.classList.toggle("closed", ["dismissed", "settled"].includes(standing.verdict));
    finding.querySelector(".standing").textContent = told;
    why.hidden = true;
    why.querySelector("input").value = "";
  } catch (error) {
    notice(t("没有存上：{reason}", { reason: error.message }), "bad");
  }
}

for (const finding of findings) {
  for (const button of finding.querySelectorAll("[data-verdict]")) {
    button.addEventListener("click", () => say(finding, button.dataset.verdict));
  }
  const input = finding.querySelector(".reason input");
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && input.value.trim()) {
      say(finding, "dismissed", input.value.trim()).then(() => finding.focus({ preventScroll: true }));
    }
    if (event.key === "Escape") {
      input.closest(".reason").hidden = true;
      finding.focus({ preventScroll: true });
    }
  });
}

document.addEventListener("keydown", (event) => {
  if (typing(event) || !findings.length) return;
  const verdict = KEYS[event.key.toLowerCase()];
  if (verdict && chosenAt() >= 0) {
    event.preventDefault();
    say(findings[chosenAt()], verdict);
    return;
  }
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step) return;
  event.preventDefault();
  const at = chosenAt();
  const next = at < 0 ? (step > 0 ? 0 : findings.length - 1) : (at + step + findings.length) % findings.length;
  choose(findings[next]);
});
