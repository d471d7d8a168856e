"use strict";
(() => {
  const radios = [...document.querySelectorAll(".switch input")];
  const copies = [...document.querySelectorAll(".copy-of-page")];
  const slidesOf = (copy) => [...copy.querySelectorAll(".slide")];
  const total = slidesOf(copies[0]).length;
  let now = 1;

  const show = (n) => {
    now = Math.min(total, Math.max(1, n));
    for (const copy of copies) {
      slidesOf(copy).forEach((slide, index) => slide.classList.toggle("now", index + 1 === now));
      for (const button of copy.querySelectorAll("[data-turn]")) {
        button.disabled = Number(button.dataset.turn) < 0 ? now === 1 : now === total;
      }
    }
    window.scrollTo(0, 0);
  };

  const notes = () => {
    const on = document.body.classList.toggle("with-notes");
    for (const button of document.querySelectorAll("[data-notes]")) button.setAttribute("aria-pressed", String(on));
  };

  const speak = (radio) => {
    radio.checked = true;
    document.documentElement.lang = radio.dataset.lang;
    document.title = radio.dataset.title;
  };

  const follow = () => {
    const [lang, n] = window.location.hash.slice(1).split("-");
    const radio = radios.find((one) => one.value === lang);
    if (radio) speak(radio);
    show(Number(n) || now);
  };

  const forward = new Set(["ArrowRight", "ArrowDown", "PageDown"]);
  const back = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    if (event.key === "n" || event.key === "N") notes();
    else if (event.key === "Home") show(1);
    else if (event.key === "End") show(total);
    else if (forward.has(event.key) || (event.key === " " && !event.target.closest("button, summary, a"))) show(now + 1);
    else if (back.has(event.key)) show(now - 1);
    else return;
    event.preventDefault();
  });

  let from = null;
  document.addEventListener("touchstart", (event) => { from = event.changedTouches[0]; }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!from || event.target.closest(".scroll")) return;
    const to = event.changedTouches[0];
    const across = to.clientX - from.clientX;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(to.clientY - from.clientY)) show(now + (across < 0 ? 1 : -1));
    from = null;
  }, { passive: true });

  for (const radio of radios) radio.addEventListener("change", () => speak(radio));
  for (const button of document.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => show(now + Number(button.dataset.turn)));
  }
  for (const button of document.querySelectorAll("[data-notes]")) button.addEventListener("click", notes);
  for (const bar of document.querySelectorAll(".turn")) bar.hidden = false;
  document.body.classList.add("deck");
  window.addEventListener("hashchange", follow);
  follow();
})();
