import { setUpN8n } from '../../support/setUpN8n';

export default setUpN8n('e2e', { main: 'main.test.ts', compat: 'compat.test.ts' });
