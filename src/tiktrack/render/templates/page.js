"use strict";
// Copy buttons. The page reads the same without this: buttons stay hidden, the texts can be selected.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = (await copied(source)) ? "Copied" : "Select the text and copy it yourself";
    status.textContent = said;
    setTimeout(() => { status.textContent = ""; }, 4000);
  });
}

async function copied(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // A page opened from disk may not be given the clipboard: select the text and use the old command.
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy");
  }
}
