/** Where GitHub's API is, and who asks it. */
export interface GithubApi {
  readonly url: string;
  readonly token: string | undefined;
}
