import type { ConnectivityInfo } from '@aws-sdk/client-greengrassv2';

/** What Greengrass keeps of an account besides components, deployments and core devices. */
export interface AccountSettings {
  serviceRole: { readonly roleArn: string; readonly associatedAt: string } | undefined;
  /** Where client devices reach a core device, by its thing name. */
  readonly connectivity: Map<string, readonly ConnectivityInfo[]>;
}
