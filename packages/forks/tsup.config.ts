import { packageBuild } from '../../tools/config/tsup.ts';

export default packageBuild({ entry: ['src/index.ts', 'src/describe.ts'] });
