import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../local/main.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const FLEET = { region: 'eu-west-1', account: '123456789012', seed: 7 };

/** The template's resource for one export of fixtures/functions.mjs, with the logical id that osls would give it. */
export const fixture = (name: string, more: Record<string, unknown> = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `greenwave-test-${name}`,
    Handler: `dist/functions.${name}`,
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::123456789012:role/test',
    Timeout: 5,
    ...more,
  },
});

export interface LocalStack extends LocalCloud {
  readonly lines: readonly string[];
  /** For the configuration of SDK clients. */
  readonly aws: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** A package in a folder of its own that has just these resources and the functions of the fixture; answers the folder. */
export async function packageOf(resources: Record<string, unknown>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'greenwave-'));
  await mkdir(join(root, 'dist'));
  await copyFile(at('fixtures/functions.mjs'), join(root, 'dist/functions.mjs'));
  await build({
    entryPoints: [at('../../local/lambda/worker.ts')],
    outfile: join(root, 'dist/lambda-worker.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  const Outputs = {
    ServerlessDeploymentBucketName: {
      Value: 'bucket',
      Export: { Name: 'sls-greenwave-test-ServerlessDeploymentBucketName' },
    },
  };
  const template = JSON.stringify({ Resources: resources, Outputs });
  await writeFile(join(root, 'dist/cloudformation-template.json'), template);
  return root;
}

/** A local cloud from that package, with an empty fleet, and time that stands still until asked. */
export async function startPackage(
  root: string,
  more: Pick<LocalCloudOptions, 'killAfterEffect' | 'host'> = {},
): Promise<LocalStack> {
  const lines: string[] = [];
  const cloud = await startLocalCloud({
    fleet: FLEET,
    root,
    timeScale: 'max',
    onLog: (line) => lines.push(line),
    ...more,
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { ...cloud, lines, aws: { endpoint: cloud.url, region: 'eu-west-1', credentials } };
}

/** A local cloud from a package that has just these resources; the package goes with it. */
export async function startLocalStack(
  resources: Record<string, unknown>,
  more: Pick<LocalCloudOptions, 'killAfterEffect'> = {},
): Promise<LocalStack> {
  const root = await packageOf(resources);
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    const stack = await startPackage(root, more);
    return {
      ...stack,
      close: async () => {
        await stack.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
