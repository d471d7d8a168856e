"use strict";
(() => {
  const radios = [...document.querySelectorAll(".switch input")];
  const copyOf = (lang) => document.getElementById(lang);

  // The part that is being read, so that a change of language stays there.
  const reading = (lang) =>
    [...copyOf(lang).querySelectorAll("[data-key]")].find((part) => part.getBoundingClientRect().bottom > 80);

  const show = (radio) => {
    document.documentElement.lang = radio.dataset.lang;
    document.title = radio.dataset.title;
  };

  let shown = radios.find((radio) => radio.checked);
  const change = (radio) => {
    const part = window.scrollY > 400 && shown && shown !== radio ? reading(shown.value) : null;
    radio.checked = true;
    show(radio);
    if (part) copyOf(radio.value).querySelector(`[data-key="${part.dataset.key}"]`)?.scrollIntoView();
    shown = radio;
    mark();
  };

  const follow = () => {
    const place = window.location.hash.slice(1);
    const radio = radios.find((one) => one.value === place.split("-")[0]);
    if (!radio || radio === shown) return;
    change(radio);
    if (place !== radio.value) document.getElementById(place)?.scrollIntoView();
  };

  // A box that does not scroll needs no stop of the Tab key.
  const mark = () => {
    for (const box of document.querySelectorAll(".scroll, .drawing")) {
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  const copy = async (button) => {
    const code = button.previousElementSibling;
    const before = button.textContent;
    let done = false;
    try {
      await navigator.clipboard.writeText(code.textContent);
      done = true;
    } catch {
      window.getSelection().selectAllChildren(code);
      done = document.execCommand("copy");
    }
    button.textContent = done ? button.dataset.done : button.dataset.failed;
    window.setTimeout(() => { button.textContent = before; }, 1600);
  };

  for (const radio of radios) radio.addEventListener("change", () => change(radio));
  for (const other of document.querySelectorAll("button.other")) {
    other.hidden = false;
    other.addEventListener("click", () => {
      change(radios.find((radio) => radio.value === other.value));
      copyOf(other.value).querySelector("button.other")?.focus({ preventScroll: true });
    });
  }
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button));
  }
  for (const details of document.querySelectorAll("details")) details.addEventListener("toggle", mark);

  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const [id, link] of links) {
        if (id === entry.target.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const part of document.querySelectorAll(".part[id]")) seen.observe(part);

  window.addEventListener("hashchange", follow);
  window.addEventListener("resize", mark);
  follow();
  mark();
})();
