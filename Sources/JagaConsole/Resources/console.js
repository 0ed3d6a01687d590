// What the console gains from a script; everything works without it.
'use strict';
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const first = (selector, from = document) => from.querySelector(selector);
  root.classList.add('js');

  // Times in the reader's own zone; the UTC time stays as a tooltip.
  for (const time of all('time[datetime]')) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.textContent;
    time.textContent = moment.toLocaleString(root.lang, { dateStyle: 'medium', timeStyle: 'short' });
  }

  // After a decision the sentence about it is the first thing to be read.
  const notice = first('#notice');
  if (notice) notice.focus();

  const say = (text) => { const live = first('#live'); if (live) live.textContent = text; };

  // Veil
  const boxes = () => all('.reveal');
  const button = first('#reveal-all');
  const showState = () => {
    if (!button) return;
    const open = boxes().every((box) => box.checked);
    button.setAttribute('aria-pressed', String(open));
    button.textContent = open ? button.dataset.hide : button.dataset.show;
  };
  const toggleAll = () => {
    if (!button) return;
    const open = !boxes().every((box) => box.checked);
    for (const box of boxes()) box.checked = open;
    showState();
    say(open ? button.dataset.saidShown : button.dataset.saidHidden);
  };
  if (button) button.addEventListener('click', toggleAll);
  document.addEventListener('change', (event) => { if (event.target.matches('.reveal')) showState(); });
  showState();

  // A mark and its reasons light up together.
  const light = (event, on) => {
    const from = event.target.closest ? event.target.closest('mark[data-marks], li[data-mark]') : null;
    const message = from && from.closest('.message');
    if (!message) return;
    const numbers = (from.dataset.marks || from.dataset.mark).split(' ');
    for (const mark of all('mark[data-marks]', message)) {
      if (mark.dataset.marks.split(' ').some((number) => numbers.includes(number))) mark.classList.toggle('lit', on);
    }
    for (const reason of all('li[data-mark]', message)) {
      if (numbers.includes(reason.dataset.mark)) reason.classList.toggle('lit', on);
    }
  };
  for (const [kind, on] of [['mouseover', true], ['mouseout', false], ['focusin', true], ['focusout', false]]) {
    document.addEventListener(kind, (event) => light(event, on));
  }

  // How many SMS an answer becomes: cut as the service cuts it, at a sentence in the last two thirds, else between words.
  const answer = first('#answer');
  const count = first('#answer-count');
  const measure = (text) => {
    let places = 0;
    for (const one of text) places += answer.dataset.one.includes(one) ? 1 : answer.dataset.two.includes(one) ? 2 : NaN;
    return Number.isNaN(places) ? { units: text.length, limit: 70 } : { units: places, limit: 160 };
  };
  const endsSentence = (text) => /[.!?]$/.test(text) && !/(^|\s)\p{N}+\.$/u.test(text);
  const cut = (text) => {
    let words = 0;
    let sentence = null;
    let before = '';
    for (const { segment } of new Intl.Segmenter().segment(text)) {
      const isSpace = /^\s/.test(segment);
      const { units, limit } = measure(before);
      if (isSpace) words = before.length;
      if (isSpace && (segment.includes('\n') || endsSentence(before))) sentence = { end: before.length, units };
      const next = measure(before + segment);
      if (next.units > next.limit && !isSpace) {
        if (sentence && sentence.units * 3 >= limit) return sentence.end;
        return words || before.length || segment.length;
      }
      before += segment;
    }
    return text.length;
  };
  const parts = (text) => {
    let number = 0;
    for (let rest = text.trim(); rest; rest = rest.slice(cut(rest)).trim()) number += 1;
    return number;
  };
  const showCount = () => {
    const values = { n: answer.value.length, parts: parts(answer.value) };
    count.textContent = count.dataset.text.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString(root.lang));
  };
  if (answer && count && window.Intl && Intl.Segmenter) {
    answer.addEventListener('input', showCount);
    showCount();
    if (first('#answer-fault')) answer.focus();
  }

  // The open sheet of habits closes with Escape and with a click elsewhere.
  const habits = first('.habits');
  document.addEventListener('click', (event) => { if (habits && habits.open && !habits.contains(event.target)) habits.open = false; });

  // Keys. Without a modifier they only move, show and choose; saving takes Ctrl Enter or the button.
  const isShortcut = document.body.dataset.shortcuts === 'on';
  const stops = () => document.body.dataset.page === 'item' ? all('.message') : all('.row .go');
  const move = (step) => {
    const list = stops();
    if (list.length === 0) return;
    const at = list.findIndex((one) => one.contains(document.activeElement));
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };
  const choose = (number) => {
    const choice = all('#decision-form input[name=verdict]')[number];
    if (choice) { choice.checked = true; choice.focus(); }
  };
  const actions = {
    j: () => move(1), k: () => move(-1), a: toggleAll,
    r: () => {
      const message = document.activeElement.closest('.message');
      const box = message && first('.reveal', message);
      if (box) box.click();
    },
    1: () => choose(0), 2: () => choose(1), 3: () => choose(2),
    s: () => { const stage = first('#stage'); if (stage) stage.focus(); },
    q: () => { location.href = '/'; },
    '?': () => { const keys = first('#keys'); if (keys) { keys.open = !keys.open; first('summary', keys).focus(); } },
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && habits && habits.open) {
      habits.open = false;
      first('summary', habits).focus();
      return;
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // Words for a contact go by the button alone.
      if (event.target.matches('textarea')) return;
      const form = first('#decision-form');
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (!isShortcut || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inField = event.target.matches('input:not([type=radio]):not([type=checkbox]), select, textarea');
    const action = actions[event.key];
    if (action && !inField) { event.preventDefault(); action(); }
  });
})();
