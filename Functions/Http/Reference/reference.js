(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const search = document.getElementById('search');
  const found = document.getElementById('found');
  const menu = document.getElementById('menu');
  const operations = $('.op');

  // The address at which the page was opened is the one to ask.
  for (const code of $('.curl')) code.textContent = code.textContent.replaceAll('http://localhost:7071', location.origin);

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const operation of operations) {
      operation.hidden = !words.every(word => operation.dataset.find.includes(word));
      count += operation.hidden ? 0 : 1;
    }
    const hidden = new Set(operations.filter(operation => operation.hidden).map(operation => operation.id));
    for (const link of $('nav [data-op]')) link.parentElement.hidden = hidden.has(link.dataset.op);
    for (const list of $('nav ul')) {
      const isEmpty = $('li', list).every(item => item.hidden);
      list.hidden = list.previousElementSibling.hidden = isEmpty || (words.length > 0 && !$('[data-op]', list).length);
    }
    for (const group of $('.group')) group.hidden = $('.op', group).every(operation => operation.hidden);
    document.getElementById('conventions').hidden = words.length > 0;
    found.textContent = words.length === 0 ? '' : count === 0 ? 'Nothing found. Try a part of an address, such as “runs”.' : `${count} of ${operations.length} operations`;
    if (words.length > 0) { open(false); scrollTo(0, 0); }
  }

  search.addEventListener('input', find);
  document.addEventListener('keydown', event => {
    if (event.key === '/' && event.target !== search && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'Escape') {
      if (search.value) { search.value = ''; find(); }
      open(false);
    }
  });

  function open(isOpen) {
    menu.setAttribute('aria-expanded', isOpen);
    document.body.classList.toggle('open', isOpen);
  }
  menu.addEventListener('click', () => open(menu.getAttribute('aria-expanded') !== 'true'));
  document.getElementById('nav').addEventListener('click', event => { if (event.target.closest('a')) open(false); });

  // A link to something that the search hides shows it again.
  addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest('[hidden]')) { search.value = ''; find(); target.scrollIntoView(); }
  });

  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = text;
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  document.addEventListener('click', async event => {
    const button = event.target.closest('.copy');
    if (!button) return;
    await copy(button.parentElement.querySelector('code').textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });

  const links = new Map($('nav [data-op]').map(link => [link.dataset.op, link]));
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute('aria-current');
      const link = links.get(entry.target.id);
      link?.setAttribute('aria-current', 'location');
      if (link && innerWidth > 900) link.scrollIntoView({ block: 'nearest' });
    }
  }, { rootMargin: '-15% 0px -75% 0px' });
  for (const operation of operations) seen.observe(operation);
})();
