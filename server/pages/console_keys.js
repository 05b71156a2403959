// The keyboard: a search, rows up and down, tabs by their numbers, and what keys there are.

import { find, go } from './page.js';

const rows = () => [...document.querySelectorAll('[data-list] a')];
const isTyping = target => target.matches?.('input, select, textarea') ?? false;
let waitsForNumber = false;

/** Moves the focus by so many rows, from the one that is shown where none has it. */
function move(by) {
    const all = rows(), at = all.findIndex(row => row === document.activeElement);
    const from = at >= 0 ? at : all.findIndex(row => row.ariaCurrent);
    const next = all[Math.min(all.length - 1, Math.max(0, from + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
}

function search() {
    find('#q')?.focus();
    find('#q')?.select();
}

function showKeys() {
    const dialog = find('#keys');
    if (dialog && !dialog.open)
        dialog.showModal();
}

function close() {
    const spaces = find('#switch[open]');
    if (spaces) {
        spaces.open = false;
        find('summary', spaces).focus();
        return;
    }
    const link = find('[data-close]'), shown = find('[data-list] a[aria-current]')?.closest('li')?.dataset.key;
    if (link)
        go(link.href, { isBack: true }).then(() => find(`[data-key="${CSS.escape(shown ?? '')}"] a`)?.focus());
}

const keys = {
    '/': search,
    '?': showKeys,
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
};

function goToTab(number) {
    const link = document.querySelectorAll('.tabs a')[number - 1];
    if (link)
        go(link.href);
}

addEventListener('keydown', event => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || find('#keys')?.open)
        return;
    if (isTyping(target)) {
        if (key === 'Escape' && target.id === 'q')
            target.blur();
        return;
    }
    const isArrow = key.startsWith('Arrow');
    if (waitsForNumber && /^\d$/.test(key))
        goToTab(Number(key) || 10);
    else if (keys[key] && !(isArrow && !target.closest?.('[data-list]')))
        keys[key]();
    else if (key !== 'g')
        return;
    waitsForNumber = key === 'g';
    event.preventDefault();
});

addEventListener('click', ({ target }) => {
    if (target.closest?.('[data-keys]'))
        showKeys();
});
