import { setUpN8n } from '../../support/setUpN8n';
import { findChromium } from './browser';

export default setUpN8n('browser', { main: 'editor.test.ts' }, findChromium);
