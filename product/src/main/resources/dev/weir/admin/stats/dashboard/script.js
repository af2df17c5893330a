'use strict';
// Everything that is shown goes through textContent: names, checks and errors come from configurations and strangers.
const POINTS = 60;
const base = location.pathname.replace(/;.*$/, '') || '/';
const $ = id => document.getElementById(id);
const rows = new Map();          // key -> {v: values by column, seen: last totals, rate: by column, past: points}
const cards = new Map();         // proxy and side -> its elements
const charts = {};
let columns = [], admin = false, view = 'proxies', paused = false, lastTick = 0, totals = null, source = null;

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function short(n) {
  if (n === null || n === undefined || isNaN(n)) return '–';
  const units = ['', 'k', 'M', 'G', 'T', 'P'];
  let at = 0;
  while (n >= 1000 && at < 5) { n /= 1000; at++; }
  return (n >= 100 || at === 0 && n % 1 === 0 ? Math.round(n) : n.toFixed(1)) + units[at];
}

function micros(us) {
  if (us === null || us === undefined) return '–';
  if (us < 1000) return (us / 1000).toFixed(2) + ' ms';
  if (us < 10000) return (us / 1000).toFixed(1) + ' ms';
  return us < 1e6 ? Math.round(us / 1000) + ' ms' : (us / 1e6).toFixed(1) + ' s';
}

function time(s) {
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']];
  const at = Math.min(3, Math.max(0, parts.findIndex(p => s >= p[0])) || (s < 1 ? 3 : 0));
  const first = Math.floor(s / parts[at][0]) + parts[at][1];
  const rest = s % parts[at][0];
  return at < 3 && rest >= parts[at + 1][0] ? first + Math.floor(rest / parts[at + 1][0]) + parts[at + 1][1] : first;
}

/** What a status means to the eye: a class with a colour and a sign of its own. */
function kindOf(status) {
  const s = status || '';
  if (s.startsWith('MAINT')) return 'maint';
  if (s.startsWith('DRAIN') || s.startsWith('NOLB')) return 'drain';
  if (s.startsWith('DOWN') || s === 'STOP') return s.includes('/') ? 'warn' : 'down';
  if (s.startsWith('UP')) return s.includes('/') ? 'warn' : 'up';
  if (s === 'OPEN') return 'up';
  if (s === 'FULL' || s === 'WAITING') return 'warn';
  return 'none';
}

const NS = 'http://www.w3.org/2000/svg';
function spark(className) {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 ' + (POINTS - 1) + ' 20');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  if (className) svg.setAttribute('class', className);
  const fill = document.createElementNS(NS, 'path'), path = document.createElementNS(NS, 'path');
  fill.setAttribute('class', 'fill');
  path.setAttribute('class', 'path');
  svg.append(fill, path);
  return {svg, draw(points) {
    const top = Math.max(1, ...points);
    const from = POINTS - points.length;
    const line = points.map((p, i) => (i ? 'L' : 'M') + (from + i) + ' ' + (19 - 17 * p / top).toFixed(1)).join('');
    path.setAttribute('d', line);
    fill.setAttribute('d', points.length ? line + 'L' + (POINTS - 1) + ' 20L' + from + ' 20Z' : '');
  }};
}

function push(points, value) {
  points.push(value);
  if (points.length > POINTS) points.shift();
}

// what comes
function connect() {
  source = new EventSource(base + ';live=events' + (location.search.includes('scope=') ? location.search : ''));
  source.addEventListener('open', () => state('live', 'live'));
  source.addEventListener('error', () => state('lost', 'connection lost, trying again'));
  source.addEventListener('hello', e => {
    const said = JSON.parse(e.data);
    columns = said.columns;
    admin = said.admin;
    document.querySelectorAll('.admin').forEach(each => { each.hidden = !admin; });
    rows.clear();
    cards.clear();
    if (view === 'proxies') $('main').replaceChildren();
  });
  source.addEventListener('row', e => {
    const values = JSON.parse(e.data), v = {};
    columns.forEach((name, i) => { v[name] = values[i]; });
    const key = v.type + '/' + v.pxname + '/' + v.svname;
    const known = rows.get(key);
    if (known) {
      known.v = v;
    } else {
      rows.set(key, {key, v, seen: {}, rate: {}, past: []});
    }
  });
  source.addEventListener('gone', e => {
    const key = JSON.parse(e.data);
    rows.delete(key);
    for (const card of cards.values()) {
      const line = card.servers.get(key);
      if (line) { line.row.remove(); card.servers.delete(key); }
      if (card.key === key) { card.root.remove(); cards.delete(card.id); }
    }
  });
  source.addEventListener('tick', e => tick(JSON.parse(e.data)));
}

function state(name, text) {
  if (paused) return;
  $('link').className = 'link ' + name;
  set($('link'), text);
}

const COUNTED = ['req_tot', 'stot', 'bin', 'bout', 'hrsp_4xx', 'hrsp_5xx', 'econ', 'eresp', 'ereq', 'wretr', 'dreq'];
function tick(process) {
  const seconds = lastTick ? Math.max(0.2, (process.now - lastTick) / 1000) : 0;
  lastTick = process.now;
  for (const row of rows.values()) {
    for (const name of COUNTED) {
      const now = row.v[name];
      row.rate[name] = seconds && row.seen[name] !== undefined && now >= row.seen[name]
        ? (now - row.seen[name]) / seconds : 0;
      row.seen[name] = now;
    }
    row.pace = row.v.req_tot === null ? row.rate.stot : row.rate.req_tot;
    row.errors = row.rate.hrsp_5xx + row.rate.econ + row.rate.eresp + (row.v.type === 0 ? row.rate.ereq : 0);
    if (seconds) push(row.past, row.pace);
    if (row.v.p50 !== null) row.times = [row.v.p50, row.v.p90, row.v.p99];
  }
  if (!paused) {
    whole(process, seconds);
    if (view === 'proxies') draw();
  }
}

function whole(process, seconds) {
  set($('name'), process.node || process.description || 'Statistics');
  document.title = (process.node || 'Statistics') + ' · ' + short(process.connections) + ' connections';
  const facts = [['up', time(process.uptime)], ['pid', String(process.pid)], ['threads', String(process.threads)],
    ['limit', short(process.maxconn)]];
  if (process.version) facts.push(['version', process.version]);
  $('facts').replaceChildren(...facts.map(([name, value]) => {
    const pair = make('div');
    pair.append(make('dt', '', name), make('dd', '', value));
    return pair;
  }));
  let requests = 0, errors = 0, out = 0, queue = 0, worst = null;
  for (const row of rows.values()) {
    if (row.v.type === 0) { requests += row.pace || 0; errors += row.errors || 0; out += row.rate.bout || 0; }
    if (row.v.type === 1 || row.v.type === 2) queue += row.v.qcur || 0;
    if (row.v.type === 1) errors += row.rate.econ || 0;
    if (row.v.type === 0 && row.v.p99 !== null) worst = Math.max(worst || 0, row.v.p99);
  }
  chart('connections', 'connections now', process.connections, short(process.connections), seconds);
  chart('requests', 'requests per second', requests, short(Math.round(requests * 10) / 10), seconds);
  chart('out', 'bits per second to clients', out * 8, short(Math.round(out * 8)), seconds);
  chart('p99', 'slowest 1 % take (p99)', (worst || 0) / 1000, micros(worst), seconds);
  chart('errors', 'errors per second · ' + short(queue) + ' in queues', errors, short(Math.round(errors * 10) / 10), seconds);
}

function chart(id, name, value, text, seconds) {
  let own = charts[id];
  if (!own) {
    own = charts[id] = {past: [], line: spark(), box: make('div', 'chart'), value: make('b'), name: make('span')};
    own.box.append(own.value, own.name, own.line.svg);
    $('charts').append(own.box);
  }
  set(own.value, text);
  set(own.name, name);
  if (seconds) push(own.past, value);
  own.line.draw(own.past);
}

// what is shown
function sorted() {
  return [...rows.values()].sort((a, b) => a.v.iid - b.v.iid || order(a) - order(b) || a.v.sid - b.v.sid);
}

function order(row) {
  return [0, 2, 3, 1][row.v.type];
}

function matches(row, words) {
  const text = (row.v.pxname + ' ' + row.v.svname + ' ' + (row.v.status || '') + ' ' + (row.v.addr || '')).toLowerCase();
  return words.every(word => text.includes(word));
}

function isTrouble(row) {
  return ['down', 'warn'].includes(kindOf(row.v.status)) || row.errors > 0 || row.v.qcur > 0;
}

function draw() {
  const words = $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  const only = $('trouble').checked;
  const shown = row => matches(row, words) && (!only || isTrouble(row));
  const servers = new Map();
  for (const row of sorted()) {
    if (row.v.type === 2) {
      servers.set(row.v.pxname, [...servers.get(row.v.pxname) || [], row]);
    }
  }
  let any = false;
  for (const row of sorted()) {
    if (row.v.type > 1) continue;
    const own = row.v.type === 1 ? servers.get(row.v.pxname) || [] : [];
    const card = cards.get(row.key) || newCard(row, own.length);
    const some = own.filter(shown);
    const visible = shown(row) || some.length > 0;
    card.root.hidden = !visible;
    any = any || visible;
    if (visible) {
      drawCard(card, row, own);
      if (card.root.open) drawServers(card, shown(row) && !words.length && !only ? own : some);
    }
  }
  let empty = $('empty');
  if (!any && !empty) {
    empty = make('p', 'empty', rows.size ? 'Nothing fits.' : 'There are no proxies yet.');
    empty.id = 'empty';
    $('main').append(empty);
  } else if (any && empty) {
    empty.remove();
  }
}

const CARD = [['rate', r => short(Math.round(r.pace * 10) / 10) + '/s'],
  ['sessions', r => short(r.v.scur) + (r.v.slim ? ' of ' + short(r.v.slim) : '')],
  ['queue', r => r.v.type === 0 ? '' : short(r.v.qcur)],
  ['p50 · p99', r => r.times ? micros(r.times[0]) + ' · ' + micros(r.times[2]) : '–'],
  ['errors', r => short(Math.round(r.errors * 10) / 10) + '/s'],
  ['out', r => short(Math.round(r.rate.bout * 8)) + 'bit/s']];

function newCard(row, count) {
  const root = make('details', row.v.type === 0 ? 'leaf' : ''), head = make('summary'), who = make('span', 'who');
  who.append(row.v.pxname, make('small', '', row.v.type === 0 ? 'frontend' : 'backend'));
  const status = make('span', 'state'), holder = make('span');
  holder.append(status);
  const facts = CARD.map(([name]) => {
    const fact = make('span', 'fact'), value = make('b');
    fact.append(make('small', '', name), value);
    return {fact, value};
  });
  const line = spark('spark');
  head.append(who, holder, ...facts.map(f => f.fact), line.svg);
  root.append(head);
  root.open = row.v.type === 1 && count <= 50;
  if (row.v.type === 0) head.addEventListener('click', e => e.preventDefault());
  const card = {id: row.key, key: row.key, root, status, facts, line, servers: new Map(), body: null};
  root.addEventListener('toggle', draw);
  cards.set(row.key, card);
  const after = sorted().filter(r => r.v.type < 2).map(r => r.key);
  const next = after.slice(after.indexOf(row.key) + 1).map(k => cards.get(k)).find(Boolean);
  $('main').insertBefore(root, next ? next.root : null);
  return card;
}

function drawCard(card, row, servers) {
  const usable = servers.filter(s => ['up', 'none', 'warn'].includes(kindOf(s.v.status)) && !s.v.status.startsWith('DOWN'));
  const partly = row.v.type === 1 && servers.length > 0 && usable.length < servers.length && row.v.status.startsWith('UP');
  card.status.className = 'state ' + (partly ? 'warn' : kindOf(row.v.status));
  set(card.status, row.v.status + (row.v.type === 1 && servers.length ? ' ' + usable.length + '/' + servers.length : ''));
  CARD.forEach(([, text], i) => set(card.facts[i].value, text(row)));
  card.facts[2].fact.classList.toggle('void', row.v.type === 0);
  card.facts[4].fact.classList.toggle('bad', row.errors > 0);
  card.line.draw(row.past);
}

const LINE = ['server', 'health', 'last check', 'sessions', 'queue', 'rate', 'p50', 'p90', 'p99', 'errors', 'retries',
  'weight', 'since', ''];
function drawServers(card, wanted) {
  if (!card.body) {
    const holder = make('div', 'rows'), table = make('table'), head = make('thead'), line = make('tr');
    LINE.forEach((name, i) => line.append(make('th', i === 1 || i === 2 ? 'left' : '', name)));
    head.append(line);
    card.body = make('tbody');
    table.append(head, card.body);
    holder.append(table);
    card.root.append(holder);
  }
  for (const [key, line] of card.servers) line.row.hidden = !wanted.some(row => row.key === key);
  for (const row of wanted) drawServer(card.servers.get(row.key) || newServer(card, row), row);
}

function newServer(card, row) {
  const line = {row: make('tr'), cells: {}};
  LINE.forEach((name, i) => {
    const cell = make('td', i === 1 || i === 2 ? 'left' : '');
    cell.dataset.name = name;
    line.cells[name] = cell;
    line.row.append(cell);
  });
  line.name = make('span');
  line.address = make('small');
  line.cells.server.append(line.name, ' ', line.address);
  line.state = make('span', 'state');
  line.cells.health.append(line.state);
  line.cells.health.classList.add('plain');
  line.check = make('span');
  line.last = make('span', 'last');
  line.cells['last check'].append(line.check, line.last);
  line.sessions = make('span');
  line.bar = make('span', 'bar');
  line.part = make('i');
  line.bar.append(line.part);
  line.cells.sessions.append(line.sessions, line.bar);
  line.pace = make('span');
  line.curve = spark('spark');
  line.cells.rate.append(line.pace, line.curve.svg);
  line.cells[''].classList.add('wide', 'plain');
  if (admin) {
    const group = make('span', 'do');
    for (const [action, text, hint] of [['ready', 'ready', 'give it traffic'], ['drain', 'drain', 'nothing new for it'],
      ['maint', 'maint', 'take it out'], ['shutdown', 'kill', 'end its sessions']]) {
      const button = make('button', '', text);
      button.type = 'button';
      button.title = hint;
      button.setAttribute('aria-label', text + ' ' + row.v.pxname + '/' + row.v.svname);
      button.addEventListener('click', () => act(action, row, button));
      group.append(button);
    }
    line.cells[''].append(group);
  }
  card.servers.set(row.key, line);
  const later = [...card.servers].find(([key, other]) => other !== line && rows.get(key) && rows.get(key).v.sid > row.v.sid);
  card.body.insertBefore(line.row, later ? later[1].row : null);
  return line;
}

function drawServer(line, row) {
  const v = row.v, times = row.times || [null, null, null];
  set(line.name, v.svname + (v.bck ? ' (backup)' : ''));
  set(line.address, v.addr || '');
  line.state.className = 'state ' + kindOf(v.status);
  set(line.state, v.status);
  set(line.check, v.check_status && v.check_status !== 'INI' ? v.check_status + (v.check_code !== null ? ' ' + v.check_code : '')
    + (v.check_duration !== null ? ' · ' + v.check_duration + ' ms' : '') : '–');
  set(line.last, v.last_chk || v.check_desc || '');
  line.last.title = v.last_chk || '';
  set(line.sessions, short(v.scur) + (v.slim ? ' / ' + short(v.slim) : ''));
  line.bar.hidden = !v.slim;
  if (v.slim) {
    line.part.style.width = Math.min(100, 100 * v.scur / v.slim) + '%';
    line.part.className = v.scur >= v.slim ? 'full' : '';
  }
  set(line.cells.queue, short(v.qcur));
  line.cells.queue.classList.toggle('bad', v.qcur > 0);
  set(line.pace, short(Math.round(row.pace * 10) / 10) + '/s');
  line.curve.draw(row.past);
  ['p50', 'p90', 'p99'].forEach((name, i) => set(line.cells[name], micros(times[i])));
  set(line.cells.errors, short(Math.round(row.errors * 10) / 10) + '/s');
  line.cells.errors.classList.toggle('bad', row.errors > 0);
  set(line.cells.retries, short(Math.round(row.rate.wretr * 10) / 10) + '/s');
  set(line.cells.weight, short(v.weight));
  set(line.cells.since, time(v.lastchg || 0));
}

// what is done
async function act(action, row, button) {
  if (action === 'shutdown' && !confirm('End all sessions of ' + row.v.pxname + '/' + row.v.svname + '?')) return;
  button.disabled = true;
  const form = new URLSearchParams([['s', row.v.svname], ['action', action], ['b', '#' + row.v.iid]]);
  try {
    const answer = await fetch(base, {method: 'POST', body: form, headers: {'x-requested-with': 'dashboard'}});
    const outcome = /;st=(\w+)/.exec(answer.url);
    const words = {DONE: 'done', NONE: 'nothing has changed', PART: 'done in part', DENY: 'denied'};
    set($('said'), action + ' ' + row.v.pxname + '/' + row.v.svname + ': '
      + (words[outcome && outcome[1]] || (outcome ? outcome[1] : 'answered ' + answer.status)) + '.');
  } catch (e) {
    set($('said'), action + ' ' + row.v.pxname + '/' + row.v.svname + ': not sent, ' + e.message + '.');
  }
  button.disabled = false;
}

async function show(what) {
  const main = $('main');
  try {
    const answer = await fetch(base + ';live=' + what);
    const text = answer.ok ? await answer.text() : 'The process answered ' + answer.status + '.';
    if (view === 'proxies') return;
    const parts = [];
    const names = view === 'tables' && what === 'tables' ? [...text.matchAll(/^# table: ([^,]+),/gm)].map(m => m[1]) : [];
    const list = make('div', 'list');
    for (const name of names) {
      const button = make('button', '', name);
      button.addEventListener('click', () => show('table:' + name));
      list.append(button);
    }
    const back = make('button', '', what.startsWith('table:') ? 'all tables' : 'again');
    back.addEventListener('click', () => show(what.startsWith('table:') ? 'tables' : what));
    list.append(back);
    parts.push(list, make('pre', '', text.trim() || 'There are none.'));
    main.replaceChildren(...parts);
  } catch (e) {
    main.replaceChildren(make('p', 'empty', e.message));
  }
}

function choose(name) {
  view = name;
  for (const tab of document.querySelectorAll('[role=tab]')) {
    tab.setAttribute('aria-selected', String(tab.id === 'tab-' + name));
    tab.tabIndex = tab.id === 'tab-' + name ? 0 : -1;
  }
  $('main').replaceChildren();
  cards.clear();
  if (name === 'proxies') draw(); else show(name);
}

for (const tab of document.querySelectorAll('[role=tab]')) {
  tab.addEventListener('click', () => choose(tab.id.slice(4)));
  tab.addEventListener('keydown', e => {
    const tabs = [...document.querySelectorAll('[role=tab]:not([hidden])')];
    const step = {ArrowRight: 1, ArrowLeft: -1}[e.key];
    if (step) {
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      next.focus();
      choose(next.id.slice(4));
    }
  });
}
$('filter').addEventListener('input', () => view === 'proxies' && draw());
$('trouble').addEventListener('change', () => view === 'proxies' && draw());
$('classic').href = base + '?classic';

document.addEventListener('keydown', e => {
  if (e.target.matches('input') || e.ctrlKey || e.metaKey || e.altKey) {
    if (e.key === 'Escape') e.target.blur();
    return;
  }
  const heads = [...document.querySelectorAll('main details:not([hidden]) > summary')];
  const at = heads.indexOf(document.activeElement);
  if (e.key === '/') { $('filter').focus(); e.preventDefault(); }
  else if (e.key === 'j' && heads.length) heads[Math.min(at + 1, heads.length - 1)].focus();
  else if (e.key === 'k' && heads.length) heads[Math.max(at - 1, 0)].focus();
  else if (e.key === 't') { $('trouble').checked = !$('trouble').checked; if (view === 'proxies') draw(); }
  else if (e.key === 'p') { paused = !paused; $('link').className = 'link wait'; set($('link'), paused ? 'paused' : 'live');
    if (!paused) state('live', 'live'); }
});
connect();
