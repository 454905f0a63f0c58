// A finding and its places belong together: choosing one shows the other.

import { typing } from "/assets/desk.js";

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
document.addEventListener("keydown", (event) => {
  if (typing(event) || !findings.length) return;
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step) return;
  event.preventDefault();
  const at = chosenAt();
  const next = at < 0 ? (step > 0 ? 0 : findings.length - 1) : (at + step + findings.length) % findings.length;
  choose(findings[next]);
});
