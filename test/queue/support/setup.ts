import { setUpN8n } from '../../support/setUpN8n';

export default setUpN8n('queue', { main: 'n8n2.test.ts', compat: 'n8n1.test.ts' });
