// In the light and in the dark scheme every text stands out from what is behind it (WCAG 2.2, 1.4.3).

import assert from 'node:assert/strict';
import { complaint, press, unknownState } from '../lib/steps.mjs';

export const expected = [complaint(400)];

/** Runs in the page: the lowest contrast of a text with what is painted behind it, and the page's own brightness. */
function measure() {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.canvas.width = canvas.canvas.height = 1;

    /** Colours painted over each other, the first at the bottom: [red, green, blue], 0 to 255. */
    const paint = colours => {
        for (const colour of colours) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
        }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const luminance = rgb => rgb.map(part => linear(part / 255))
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const base = matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff';
    const behind = element => {
        const layers = [];
        for (let at = element; at; at = at.parentElement)
            layers.unshift(getComputedStyle(at).backgroundColor);
        return [base, ...layers];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let worst = { contrast: 21 };
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !element.checkVisibility({ visibilityProperty: true }))
            continue;
        const layers = behind(element);
        const [dark, light] = [luminance(paint([...layers, getComputedStyle(element).color])), luminance(paint(layers))]
            .sort((a, b) => a - b);
        const contrast = (light + 0.05) / (dark + 0.05);
        if (contrast < worst.contrast)
            worst = { contrast, text: walker.currentNode.textContent.trim() };
    }
    return { worst, brightness: luminance(paint(behind(document.body))) };
}

async function check(page, isDark) {
    const { worst, brightness } = await page.evaluate(measure);
    assert.ok(worst.contrast >= 4.5, `${isDark ? 'dark' : 'light'}: ${JSON.stringify(worst)}`);
    assert.equal(brightness < 0.2, isDark, `brightness ${brightness}`);
}

export default async ({ mock, page }) => {
    for (const colorScheme of ['light', 'dark']) {
        const isDark = colorScheme === 'dark';
        await page.emulateMedia({ colorScheme });
        const link = await mock.startNative('gmail', { campaign: 'spring' });
        await page.goto(link);
        await page.locator('summary').click();
        await check(page, isDark);
        await press(page, 'approve');
        await check(page, isDark);
        await page.goto(unknownState(link));
        await check(page, isDark);
    }
};
