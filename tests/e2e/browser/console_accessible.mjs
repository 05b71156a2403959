// For assistive technology: axe-core finds nothing on the pages of the console, in both schemes; the first of every four pages.

import { checkConsole } from '../lib/axe.mjs';

export const options = { javaScriptEnabled: true };

export default ({ mock, page, dir }) => checkConsole(mock, page, dir, 0);
