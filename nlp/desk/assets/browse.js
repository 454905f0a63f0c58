// Filters apply as they are chosen; the address always says what is shown.

const form = document.querySelector("form[data-auto]");
if (form) {
  form.addEventListener("formdata", (event) => {
    for (const [key, value] of [...event.formData.entries()]) {
      if (!value.trim()) event.formData.delete(key); // an address without empty filters
    }
  });
  form.addEventListener("change", () => form.requestSubmit());
}

for (const input of document.querySelectorAll("[data-search]")) {
  input.addEventListener("input", () => {
    for (const row of document.querySelectorAll(input.dataset.search)) {
      row.hidden = !row.textContent.includes(input.value.trim());
    }
  });
}
