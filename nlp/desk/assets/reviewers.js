// Filling the queue, and deciding where reviewers differ.

import { notice, post, t } from "/assets/desk.js";

document.getElementById("fill")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const { added } = await post("/review/queue", { n: Number(document.getElementById("n").value) });
    if (added) location.reload();
    else notice(t("没有新的陈述可加"));
  } catch (error) {
    notice(error.message, "bad");
  }
});

for (const button of document.querySelectorAll("[data-settle]")) {
  button.addEventListener("click", async () => {
    try {
      await post(`/review/units/${button.dataset.settle}/settle`, { annotator: button.dataset.annotator });
      location.reload();
    } catch (error) {
      notice(error.message, "bad");
    }
  });
}
