import type { Role } from '../graph/operations.generated.ts';
import { defineMessages } from '../language/messages.ts';

const vi: Readonly<Record<Role, string>> = {
  PUBLIC: 'Công chúng',
  PARTNER: 'Ứng dụng đối tác',
  OFFICER: 'Cán bộ',
  COMMANDER: 'Chỉ huy',
  MINISTRY: 'Bảng điều khiển của Bộ',
  ADMIN: 'Quản trị',
};

const en: Readonly<Record<Role, string>> = {
  PUBLIC: 'The public',
  PARTNER: 'A partner app',
  OFFICER: 'Officer',
  COMMANDER: 'Commander',
  MINISTRY: 'Dashboard of the ministry',
  ADMIN: 'Administrator',
};

export const signInMessages = defineMessages(
  {
    signIn: 'Đăng nhập',
    signedIn: 'Tài khoản',
    askedAs: 'Đang xem với tư cách',
    asker: 'Xem thử với tư cách',
    token: 'Mã truy cập (token)',
    tokenHelp: 'Mã chỉ được giữ trong thẻ trình duyệt này cho đến khi đóng.',
    use: 'Dùng mã này',
    signOut: 'Đăng xuất',
    close: 'Đóng',
    roles: vi,
  },
  {
    signIn: 'Sign in',
    signedIn: 'Account',
    askedAs: 'You are seen as',
    asker: 'Try it as',
    token: 'Access token',
    tokenHelp: 'It is kept in this tab of the browser only, until that is closed.',
    use: 'Use this token',
    signOut: 'Sign out',
    close: 'Close',
    roles: en,
  },
);
