// What all pages share: texts in the language of the page, requests with the token of the page, notices.

const texts = JSON.parse(document.getElementById("texts").textContent);
const csrf = document.querySelector('meta[name="csrf"]').content;

/** A Chinese text in the language of the page, with the values for its places in braces. */
export function t(text, values = {}) {
  const told = texts[text] || text;
  return told.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
}

/** Ask the desk to change something; its answer comes back, or an error with what it said. */
export async function post(path, body = null, type = "application/json") {
  const headers = { "X-CSRF-Token": csrf };
  if (body !== null) headers["Content-Type"] = type;
  const payload = body !== null && type === "application/json" ? JSON.stringify(body) : body;
  const response = await fetch(path, { method: "POST", headers, body: payload });
  const text = await response.text();
  let answer = {};
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    answer = { message: text };
  }
  if (!response.ok) throw new Error(answer.message || answer.detail || `${response.status}`);
  return answer;
}

/** What a page says as JSON. */
export async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/** Tell something to the person, and to a screen reader. */
export function notice(text, kind = "") {
  const place = document.getElementById("notice");
  place.textContent = text;
  place.className = `notice shown ${kind}`;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => place.classList.remove("shown"), kind === "bad" ? 8000 : 3000);
}

/** Whether a key was typed into a field, and is not meant for the page. */
export function typing(event) {
  return event.target.closest("input, textarea, select") !== null || event.ctrlKey || event.metaKey || event.altKey;
}

// Tabs: one panel at a time; arrows move between them.
for (const list of document.querySelectorAll('[role="tablist"]')) {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
    }
  };
  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    choose(next);
    next.focus();
  });
}
