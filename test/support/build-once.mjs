import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../scripts/build.mjs';
import { HOST } from './host-environment.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tests run what ships: the bundles and the packaged template are made before the first one. */
const buildOnce = async () => {
  // As bin/greenwave.mjs does: the SDK's versions are pinned, its notice would stand in half of the output.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  await ensureBuilt(console.error);
  await build({
    absWorkingDir: root,
    entryPoints: ['local/host.ts'],
    outfile: HOST,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
};
export default buildOnce;
