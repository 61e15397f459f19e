/** ARN of a component in the region and account of any other ARN; `owner` is `aws` for a public one. */
export function componentArn(arn: string, component: string, owner?: string): string {
  const [, partition, , region, account] = arn.split(':');
  return `arn:${partition}:greengrass:${region}:${owner ?? account}:components:${component}`;
}

/** ARN of one of its versions. */
export const versionArn = (ofComponent: string, version: string): string =>
  `${ofComponent}:versions:${version}`;
