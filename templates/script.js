// What makes pages more comfortable and is needed by none of them: buttons that copy.
"use strict";

// <code data-copy="Copy" data-copied="Copied">…</code> is given a button that copies what it says.
for (const source of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small copy";
  button.textContent = source.dataset.copy;
  if (source.id) button.setAttribute("aria-describedby", source.id);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    button.textContent = source.dataset.copied;
    setTimeout(() => { button.textContent = source.dataset.copy; }, 2000);
  });
  (source.closest("pre") ?? source).after(button);
}
