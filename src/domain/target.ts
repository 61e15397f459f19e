/** What a rollout goes to: the core devices of a thing group, or one thing. */
export interface Target {
  readonly kind: 'thing' | 'thinggroup';
  readonly name: string;
}

/** What a target means, as a rollout file has it or as its ARN: `thing/NAME` or `thinggroup/NAME` at the end. */
export function targetOf(target: string): Target {
  const [, kind, name = ''] = /(?:^|:)(thing|thinggroup)\/(.*)$/.exec(target) ?? [];
  return { kind: kind === 'thing' ? 'thing' : 'thinggroup', name };
}

/** Whether a target is one thing: then its rollout takes the direct path, without a rollout group. */
export const isThing = (target: string): boolean => targetOf(target).kind === 'thing';

/** A target in short, as a rollout file may have it. */
export const shortTarget = (target: string): string => {
  const { kind, name } = targetOf(target);
  return `${kind}/${name}`;
};

/** ARN of a target that is given in short, in the region and account of an execution. */
export function targetArnOf(executionArn: string, target: string): string {
  const [, partition, , region, account] = executionArn.split(':');
  return `arn:${partition}:iot:${region}:${account}:${target}`;
}
