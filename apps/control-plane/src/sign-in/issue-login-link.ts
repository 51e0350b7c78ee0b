import { AppError } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';
import type { IssuedLink, LoginLinks } from './login-links.ts';

/** Makes a sign-in link for whoever holds the machine: the named user, else the first operator. */
export class IssueLoginLink {
  constructor(
    private readonly db: Database,
    private readonly links: LoginLinks,
  ) {}

  /** @throws AppError `not_found` */
  async execute(email?: string): Promise<IssuedLink> {
    const user = await this.db.withSystem('authenticator', (tx) =>
      tx.user.findFirst({
        where: email ? { email: email.toLowerCase() } : { isOperator: true },
        orderBy: { createdAt: 'asc' },
      }),
    );
    if (!user) throw new AppError('not_found', 'there is no such user');
    return this.links.issueLogin(user.id);
  }
}
