import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** A command of that name may be a shim with nothing behind it: what counts is that it answers. */
const versionOf = (program: string) =>
  /^aws-cli\/\S+/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0];

/** Debian's, and what the person has, by version. */
export const installedClis = (): ReadonlyMap<string, string> =>
  new Map(
    ['aws', '/usr/bin/aws'].flatMap((program) => {
      const version = versionOf(program);
      return version === undefined ? [] : [[version, program] as const];
    }),
  );

/**
 * Runs a command of the AWS CLI against a cloud of ours. The endpoint goes by option: the CLI reads AWS_ENDPOINT_URL from 1.29
 * and 2.13 on only, and Debian 12 has 2.9.
 */
export const runCli = (program: string, url: string, args: readonly string[]) =>
  promisify(execFile)(
    program,
    ['--endpoint-url', url, '--region', 'eu-west-1', '--output', 'json', ...args],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        AWS_CONFIG_FILE: '/dev/null',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_PAGER: '',
      },
    },
  );
