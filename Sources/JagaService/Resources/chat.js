// The chat page. It keeps nothing in the browser: what was said is on the screen alone, and gone when the page is left.
'use strict';
(() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const [log, text, choices, status, intro, over, composer] = ['log', 'text', 'choices', 'status', 'intro', 'over', 'composer'].map(at);
  const other = { id: 'en', en: 'id' };
  const harmless = { id: 'https://id.wikipedia.org/', en: 'https://en.wikipedia.org/' };
  const start = { id: 'MULAI', en: 'START' };
  const pause = 4000;
  root.classList.add('js');

  let chat = null;

  // Words of the page stand in both languages; the style sheet shows one.
  const word = (name) => Array.from(document.querySelector(`[data-word=${name}]`).children, (one) => one.cloneNode(true));
  const tell = (name) => status.replaceChildren(...(name ? word(name) : []));
  const speak = (language) => {
    root.lang = language;
    at('exit').href = harmless[language];
    for (const link of at('languages').querySelectorAll('a')) {
      if (link.hreflang === language) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
    }
    if (chat && chat.language) tell(chat.language === language ? null : 'other-language');
  };

  // What the bot offers: '1. …' lines, else the words that it asks for ('Balas YA atau TIDAK', 'Reply GO ON'). Lists may go on in the next message.
  const listed = (lines, before) => {
    const list = before.slice();
    for (const line of lines) {
      const found = line.match(/^(\d{1,2})\. (.+)$/);
      if (!found) continue;
      if (found[1] === '1') list.length = 0;
      if (Number(found[1]) === list.length + 1) list.push({ reply: found[1], label: found[2] });
    }
    return list.length > before.length || lines.some((line) => line.startsWith('1. ')) ? list : [];
  };
  const asked = (message) => {
    const word = '([A-Z]{2,}(?: [A-Z]{2,})?)';
    const forms = [`\\b(?:Balas|Reply) ${word}\\b`, `\\b(?:atau|or|balas|reply) ${word}\\b`, `\\b${word} (?:atau|or)\\b`];
    const found = new Map();
    for (const form of forms) {
      for (const match of message.matchAll(new RegExp(form, 'g'))) found.set(match[1], match.index);
    }
    // 'Balas 1 kalau mau.' says what the number means.
    const numbers = Array.from(message.matchAll(/\b(?:Balas|Reply) (\d) (?:kalau|untuk|for|if) ([^.,!?]{1,24})/g), (match) => ({ reply: match[1], label: `${match[1]}: ${match[2]}` }));
    if (numbers.length > 0) return numbers;
    const place = (name) => (name === 'STOP' ? Infinity : found.get(name));
    return Array.from(found.keys()).sort((a, b) => place(a) - place(b)).map((name) => ({ reply: name, label: name, isLast: name === 'STOP' }));
  };
  const offer = (list) => {
    choices.replaceChildren(...list.map((choice) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = choice.label;
      button.lang = chat.language;
      button.classList.toggle('last', choice.isLast === true);
      // The button goes away: the focus stays in the chat, and no keyboard covers the screen.
      button.addEventListener('click', () => { log.focus(); send(choice.reply, choice.label); });
      return button;
    }));
    choices.hidden = list.length === 0;
  };

  // Links stay links; everything else is text.
  const fill = (element, message) => {
    for (const part of message.split(/(https:\/\/[^\s<>"]*[\w/])/)) {
      if (part.startsWith('https://')) {
        const link = document.createElement('a');
        Object.assign(link, { href: part, rel: 'noreferrer noopener', target: '_blank', textContent: part });
        element.append(link);
      } else if (part) {
        element.append(part);
      }
    }
  };
  const say = (message, isOwn) => {
    const element = document.createElement('p');
    element.className = isOwn ? 'said own' : 'said';
    element.lang = chat.language;
    const who = document.createElement('span');
    who.className = 'sr';
    who.append(...word(isOwn ? 'you' : 'bot'), ' ');
    element.append(who);
    fill(element, message);
    log.append(element);
    log.scrollTop = log.scrollHeight;
    return element;
  };

  const show = (messages) => {
    const fresh = messages.filter((message) => !chat.shown.has(message.id));
    let list = [];
    let words = [];
    let top = null;
    for (const message of fresh) {
      chat.shown.add(message.id);
      if (message.id !== 'open') chat.seen = message.id;
      const element = say(message.text, false);
      top = top || element;
      list = listed(message.text.split('\n'), list);
      words = asked(message.text);
    }
    if (top) {
      offer(list.length > 0 ? list : words);
      // Down to the end, but no further than to the first new message: reading begins there.
      log.scrollTop = Math.min(log.scrollHeight, top.offsetTop - log.offsetTop - 12);
    }
    return fresh.length;
  };

  // One at a time and in order. The same id again when the answer was lost: the bot takes it once.
  const send = (reply, label) => {
    chat.queue.push({ id: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`, text: reply, element: label ? say(label, true) : null });
    offer([]);
    flush();
  };
  const flush = async () => {
    const mine = chat;
    if (mine.isSending) return;
    mine.isSending = true;
    clearTimeout(mine.timer);
    let next = pause;
    while (mine === chat && mine.queue.length > 0) {
      const message = mine.queue[0];
      const body = { id: message.id, text: message.text, language: mine.language };
      if (mine.seen) body.seen = mine.seen;
      const late = setTimeout(() => { if (mine === chat) tell('sending'); }, 600);
      let answer = null;
      try {
        answer = await fetch('/chat/messages', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), cache: 'no-store' });
      } catch { /* No network: it is sent again. */ }
      clearTimeout(late);
      if (mine !== chat) return;
      if (answer && answer.ok) {
        mine.queue.shift();
        root.dataset.known = 'yes';
        if (message.element) message.element.classList.remove('waits');
        tell(null);
        show((await answer.json()).messages);
        next = 300;
        continue;
      }
      if (answer && [400, 404, 413, 415].includes(answer.status)) {
        mine.queue.shift();
        if (message.element) message.element.classList.add('waits');
        tell(answer.status === 404 ? 'gone' : 'refused');
        continue;
      }
      if (message.element) message.element.classList.add('waits');
      tell(answer && answer.status === 429 ? 'slow' : 'unsent');
      next = answer && answer.status === 429 ? 15000 : pause;
      break;
    }
    mine.isSending = false;
    if (mine === chat) wait(next);
  };

  // What waits, such as a person's answer: asked for while somebody looks at the page.
  const wait = (milliseconds) => {
    clearTimeout(chat.timer);
    chat.timer = setTimeout(chat.queue.length > 0 ? flush : look, milliseconds);
  };
  const look = async (isFirst = false) => {
    const mine = chat;
    if (document.visibilityState === 'hidden') return;
    let count = 0;
    try {
      const query = new URLSearchParams();
      if (mine.seen) query.set('seen', mine.seen);
      if (isFirst === true) query.set('open', '1');
      const answer = await fetch(`/chat/messages?${query}`, { cache: 'no-store' });
      const messages = answer.ok ? (await answer.json()).messages : [];
      if (mine !== chat) return;
      count = show(messages);
    } catch { /* The next look may find it. */ }
    if (mine === chat && !mine.isSending) wait(count > 0 ? 300 : pause);
    return count;
  };
  document.addEventListener('visibilitychange', () => { if (chat && document.visibilityState === 'visible' && !chat.isSending) wait(0); });
  window.addEventListener('online', () => { if (chat && !chat.isSending) wait(0); });

  const open = () => {
    chat = { language: root.lang, shown: new Set(), seen: '', queue: [], isSending: false, timer: 0 };
    intro.hidden = true;
    for (const one of [log, composer, at('new')]) one.hidden = false;
  };
  const clear = () => {
    if (chat) clearTimeout(chat.timer);
    chat = null;
    log.replaceChildren();
    choices.replaceChildren();
    text.value = '';
    tell(null);
    for (const one of [log, composer, choices, over, at('new')]) one.hidden = true;
    intro.hidden = false;
  };

  at('start').addEventListener('click', async () => {
    open();
    text.focus({ preventScroll: true });
    if (root.dataset.known !== 'yes') { send(start[root.lang], null); return; }
    if (await look(true) === 0) tell('resumed');
  });
  at('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const message = text.value.trim();
    if (!chat || message === '') return;
    text.value = '';
    send(message, message);
    text.focus();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at('form').requestSubmit();
  });

  at('new').addEventListener('click', () => { over.hidden = false; over.focus(); });
  at('over-no').addEventListener('click', () => { over.hidden = true; text.focus(); });
  at('over-yes').addEventListener('click', async () => {
    clear();
    try { await fetch('/chat/leave', { method: 'POST', cache: 'no-store' }); } catch { /* The cookie ends with the browser. */ }
    root.dataset.known = 'no';
    at('start').focus();
  });
  over.addEventListener('keydown', (event) => { if (event.key === 'Escape') at('over-no').click(); });

  for (const link of at('languages').querySelectorAll('a')) {
    link.addEventListener('click', (event) => { event.preventDefault(); speak(link.hreflang); });
  }

  // Nothing is left behind: neither on the screen, nor one step back.
  at('exit').addEventListener('click', (event) => {
    event.preventDefault();
    const seen = chat && chat.seen;
    clear();
    if (seen) fetch(`/chat/messages?seen=${encodeURIComponent(seen)}`, { keepalive: true, cache: 'no-store' }).catch(() => {});
    location.replace(harmless[root.lang]);
  });
  window.addEventListener('pagehide', clear);
  speak(root.lang);
})();
