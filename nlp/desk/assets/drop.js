// Files dropped on the page are sent one by one and read on this machine; then the findings are shown.

import { get, notice, post, t } from "/assets/desk.js";

const POLL_MS = 250;
const MIB = 1024 * 1024;
const form = document.getElementById("drop");

async function waitFor(batch, tell) {
  for (;;) {
    const state = await get(`/check/${batch}.json`);
    if (state.done) return state;
    tell(state);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function check(files) {
  const limit = Number(form.dataset.limit) * MIB;
  const fitting = files.filter((file) => file.size <= limit);
  for (const file of files) {
    if (file.size > limit) notice(t("{name}：文件太大", { name: file.name }), "bad");
  }
  if (!fitting.length) return;
  const progress = document.getElementById("progress");
  const words = document.getElementById("progress-text");
  progress.hidden = false;
  form.classList.add("busy");
  try {
    const { batch } = await post("/check/batches");
    for (const [at, file] of fitting.entries()) {
      words.textContent = t("正在读取 {name}（{n}/{all}）", { name: file.name, n: at + 1, all: fitting.length });
      const data = await file.arrayBuffer();
      await post(`/check/${batch}/files?name=${encodeURIComponent(file.name)}`, data, "application/octet-stream");
    }
    await post(`/check/${batch}/close`);
    const state = await waitFor(batch, (now) => {
      words.textContent = t("正在检查，已完成{n}份", { n: now.read });
    });
    location.href = state.read === 1 ? `/check/${batch}/0` : `/check/${batch}`;
  } catch (error) {
    notice(t("没有检查成：{reason}", { reason: error.message }), "bad");
    progress.hidden = true;
    form.classList.remove("busy");
  }
}

if (form) {
  const input = document.getElementById("files");
  document.getElementById("choose").addEventListener("click", () => input.click());
  input.addEventListener("change", () => check([...input.files]));
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => event.preventDefault()); // a file beside the field must not open instead
  }
  window.addEventListener("dragover", () => form.classList.add("over"));
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
  window.addEventListener("drop", (event) => {
    form.classList.remove("over");
    check([...event.dataTransfer.files]);
  });
}

for (const button of document.querySelectorAll("[data-forget]")) {
  button.addEventListener("click", async () => {
    await post(`/check/${button.dataset.forget}/forget`);
    button.closest("tr").remove();
    notice(t("已从内存中移除"));
  });
}

const watched = document.querySelector("[data-watch]");
if (watched) waitFor(watched.dataset.watch, () => {}).then(() => location.reload());
