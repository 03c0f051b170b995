// Telephone numbers, as they are typed in a country and as they are passed on. Pure.

const DIAL_CODES =
  'AE971 AR54 AT43 AU61 BD880 BE32 BG359 BR55 CA1 CH41 CL56 CN86 CO57 CY357 CZ420 DE49 DK45 EE372 EG20 ES34 FI358 ' +
  'FR33 GB44 GR30 HK852 HR385 HU36 ID62 IE353 IL972 IN91 IS354 IT39 JP81 KE254 KR82 LI423 LT370 LU352 LV371 MA212 MT356 ' +
  'MX52 MY60 NG234 NL31 NO47 NZ64 PE51 PH63 PK92 PL48 PR1 PT351 RO40 RS381 SA966 SE46 SG65 SI386 SK421 TH66 TR90 TW886 ' +
  'UA380 US1 VN84 ZA27';
/** Where the first 0 belongs to the number. */
const KEEPS_ZERO = ['IT'];

const CODES = new Map(DIAL_CODES.split(' ').map((one) => [one.slice(0, 2), one.slice(2)]));

export const PHONE = {
  clean: (text) => text.replace(/[^\d+() .-]/g, '').slice(0, 24),
  format: (text) => text,
};

/** E.164 where the country's dial code is known, else the digits as they were typed. */
export function internationalPhone(text, country) {
  const digits = text.replace(/\D/g, '');
  if (digits === '' || text.trim().startsWith('+')) return digits && `+${digits}`;
  const code = CODES.get(country);
  if (!code) return digits;
  if (code === '1' && digits.length === 11 && digits.startsWith('1')) return `+${digits}`;
  return `+${code}${KEEPS_ZERO.includes(country) ? digits : digits.replace(/^0/, '')}`;
}

/** The shortest national numbers have four digits, the longest numbers fifteen; of code 1 all have ten. */
export function isWholePhone(text, country) {
  const phone = internationalPhone(text, country);
  const digits = phone.replace(/\D/g, '').length;
  return phone.startsWith('+1') ? digits === 11 : digits >= 6 && digits <= 15;
}
