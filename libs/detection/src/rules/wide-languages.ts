import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';

/** The words an attack needs in a language of another script; literals are parts of words as well. */
interface WideLanguage {
  /** Order of the override steps: "ignore earlier orders" or "earlier orders ignore". */
  readonly override: readonly (readonly string[])[];
  readonly conceal: readonly (readonly string[])[];
  readonly send: readonly (readonly string[])[];
  readonly addressed: readonly string[];
  readonly persona: readonly string[];
}

const http = ['http://', 'https://', '@'];

const russian: WideLanguage = {
  override: [
    phrases(`
      игнорируй ¦ игнорируйте ¦ проигнорируй ¦ забудь ¦ забудьте ¦ не обращай внимания ¦
      отмени ¦ отбрось`),
    phrases(`все ¦ всё ¦ предыдущ ¦ прежние ¦ прошлые ¦ вышеуказанн ¦ свои ¦ любые`),
    phrases(`инструкци ¦ указани ¦ правил ¦ команд ¦ ограничени ¦ промпт ¦ задани ¦ что было сказано`),
  ],
  conceal: [
    phrases(`
      не говори ¦ не сообщай ¦ не упоминай ¦ не рассказывай ¦ не раскрывай ¦ скрой ¦ скрывай ¦
      утаи ¦ без ведома ¦ не показывай ¦ не уведомляй`),
    phrases(`пользовател ¦ никому ¦ клиент ¦ человек ¦ об этом ¦ этот шаг`),
  ],
  send: [
    phrases(`отправь ¦ отправьте ¦ перешли ¦ передай ¦ загрузи ¦ скопируй ¦ опубликуй ¦ вышли`),
    phrases(`
      парол ¦ ключ ¦ токен ¦ учетные данные ¦ учётные данные ¦ переписк ¦ историю ¦ секрет ¦
      данные клиент ¦ разговор`),
    http,
  ],
  addressed: phrases(`
      для ии-ассистента ¦ если ты ии ¦ если вы ии ¦ внимание, ассистент ¦ сообщение для ии ¦
      заметка для ассистента ¦ языковая модель ¦ как ии-ассистент ¦ инструкция для ии`),
  persona: phrases(`
      теперь ты ¦ отныне ты ¦ с этого момента ты ¦ притворись ¦ без ограничений ¦
      режим разработчика ¦ новые инструкции ¦ системное сообщение`),
};

const ukrainian: WideLanguage = {
  override: [
    ['ігноруй', 'проігноруй', 'забудь'],
    ['всі ', 'усі ', 'попередні'],
    ['інструкці', 'вказівк', 'правил', 'команд'],
  ],
  conceal: [
    ['не кажи', 'не повідомляй', 'не згадуй', 'приховай'],
    ['користувач', 'нікому', 'про це'],
  ],
  send: [['надішли', 'відправ', 'перешли'], ['парол', 'ключ', 'токен', 'облікові', 'розмов'], http],
  addressed: ['якщо ти ші', 'для ші-асистента'],
  persona: ['тепер ти', 'відтепер ти', 'без обмежень'],
};

const chinese: WideLanguage = {
  override: [
    phrases(`忽略 ¦ 无视 ¦ 忘记 ¦ 忘掉 ¦ 不要理会 ¦ 不要遵守 ¦ 抛弃 ¦ 取消 ¦ 忽視 ¦ 無視 ¦ 忘記 ¦ 覆盖`),
    phrases(`之前 ¦ 以前 ¦ 先前 ¦ 上面 ¦ 上述 ¦ 以上 ¦ 前面 ¦ 所有 ¦ 全部 ¦ 你的 ¦ 原有 ¦ 此前`),
    phrases(`指令 ¦ 指示 ¦ 提示 ¦ 规则 ¦ 規則 ¦ 要求 ¦ 命令 ¦ 设定 ¦ 限制 ¦ 说明 ¦ 内容 ¦ 系统消息`),
  ],
  conceal: [
    phrases(
      `不要告诉 ¦ 别告诉 ¦ 不要提及 ¦ 不要透露 ¦ 不得告知 ¦ 不要向 ¦ 隐瞒 ¦ 不要让 ¦ 请勿告知 ¦ 勿告知 ¦ 不要通知 ¦ 不要說 ¦ 不要告訴 ¦ 瞒着`,
    ),
    phrases(`用户 ¦ 用戶 ¦ 使用者 ¦ 任何人 ¦ 他人 ¦ 客户 ¦ 此步骤 ¦ 这一步 ¦ 这件事`),
  ],
  send: [
    phrases(`发送 ¦ 上传 ¦ 转发 ¦ 提交 ¦ 发到 ¦ 發送 ¦ 上傳 ¦ 传送 ¦ 复制 ¦ 寄到 ¦ 泄露`),
    phrases(
      `密码 ¦ 密碼 ¦ 密钥 ¦ 凭据 ¦ 凭证 ¦ 令牌 ¦ 对话 ¦ 聊天记录 ¦ 對話 ¦ 环境变量 ¦ 客户数据 ¦ 机密 ¦ 系统提示`,
    ),
    http,
  ],
  addressed: phrases(`
      如果你是ai ¦ 如果你是人工智能 ¦ 致ai助手 ¦ 给ai助手 ¦ 请ai助手 ¦ 作为ai助手 ¦ 大语言模型 ¦ ai代理请 ¦ 人工智能助手请 ¦ 尊敬的ai ¦
      给助手的`),
  persona: phrases(
    `你现在是 ¦ 从现在开始你 ¦ 从现在起你 ¦ 假装你是 ¦ 扮演 ¦ 没有任何限制 ¦ 不受限制 ¦ 开发者模式 ¦ 新的指令 ¦ 新指令 ¦ 越狱`,
  ),
};

const japanese: WideLanguage = {
  override: [
    phrases(
      `これまでの ¦ 以前の ¦ 上記の ¦ 前の ¦ すべての ¦ 全ての ¦ 今までの ¦ 先ほどの ¦ あなたの ¦ 既存の`,
    ),
    phrases(`指示 ¦ 命令 ¦ ルール ¦ 規則 ¦ プロンプト ¦ 制限 ¦ 設定 ¦ 内容 ¦ ガイドライン`),
    phrases(`無視 ¦ 忘れ ¦ 破棄 ¦ 従わない ¦ 取り消 ¦ 上書き`),
  ],
  conceal: [
    ['ユーザー', '利用者', '誰にも', 'お客様', 'ユーザに'],
    phrases(
      `言わない ¦ 伝えない ¦ 知らせない ¦ 教えない ¦ 言及しない ¦ 隠し ¦ 内緒 ¦ 秘密に ¦ 知られない ¦ 明かさない ¦ 報告しない`,
    ),
  ],
  send: [
    phrases(
      `パスワード ¦ apiキー ¦ 認証情報 ¦ 秘密鍵 ¦ トークン ¦ 会話 ¦ 履歴 ¦ 環境変数 ¦ 顧客データ ¦ 機密`,
    ),
    http,
    phrases(`送信 ¦ 送って ¦ アップロード ¦ 転送 ¦ 投稿 ¦ 送る ¦ コピー`),
  ],
  addressed: phrases(
    `あなたがaiなら ¦ aiアシスタントへ ¦ aiアシスタントは ¦ aiへの ¦ 言語モデルへ ¦ アシスタントへの ¦ aiエージェントへ ¦ aiの方へ`,
  ),
  persona: phrases(
    `あなたは今から ¦ 今からあなたは ¦ これからあなたは ¦ ふりをして ¦ 制限なし ¦ 制限なく ¦ 開発者モード ¦ 新しい指示`,
  ),
};

const korean: WideLanguage = {
  override: [
    phrases(`이전 ¦ 지금까지 ¦ 위의 ¦ 모든 ¦ 기존 ¦ 앞의 ¦ 앞선`),
    phrases(`지시 ¦ 명령 ¦ 규칙 ¦ 프롬프트 ¦ 지침 ¦ 제한 ¦ 내용`),
    ['무시', '잊어', '잊으', '취소', '따르지'],
  ],
  conceal: [
    ['사용자에게', '사용자가', '아무에게도', '고객에게', '누구에게도'],
    phrases(`말하지 ¦ 알리지 ¦ 언급하지 ¦ 숨기 ¦ 모르게 ¦ 비밀 ¦ 밝히지`),
  ],
  send: [
    phrases(`비밀번호 ¦ api 키 ¦ 자격 증명 ¦ 토큰 ¦ 대화 ¦ 비밀키 ¦ 환경 변수 ¦ 고객 데이터`),
    http,
    ['보내', '전송', '업로드', '전달', '게시'],
  ],
  addressed: ['당신이 ai라면', 'ai 어시스턴트에게', 'ai 비서에게', '언어 모델에게', 'ai 에이전트는'],
  persona: phrases(
    `너는 이제 ¦ 당신은 이제 ¦ 지금부터 너는 ¦ 지금부터 당신은 ¦ 제한 없이 ¦ 개발자 모드 ¦ 새로운 지시`,
  ),
};

const arabic: WideLanguage = {
  override: [
    phrases(`تجاهل ¦ انس ¦ انسى ¦ تجاهلي ¦ اهمل ¦ أهمل ¦ لا تتبع ¦ تخطى`),
    phrases(`جميع ¦ كل ¦ السابقة ¦ كافة ¦ أعلاه ¦ اي ¦ أي`),
    phrases(`التعليمات ¦ الأوامر ¦ القواعد ¦ تعليمات ¦ الارشادات ¦ الإرشادات ¦ القيود ¦ السابقة`),
  ],
  conceal: [
    phrases(`لا تخبر ¦ لا تذكر ¦ لا تكشف ¦ أخف ¦ اخف ¦ دون علم ¦ دون إخبار ¦ لا تعلم ¦ لا تبلغ`),
    phrases(`المستخدم ¦ أحد ¦ احدا ¦ العميل ¦ هذه الخطوة ¦ ذلك`),
  ],
  send: [
    phrases(`أرسل ¦ ارسل ¦ قم بإرسال ¦ ارفع ¦ انسخ ¦ حول ¦ انشر`),
    phrases(`
      كلمة المرور ¦ كلمات المرور ¦ مفتاح ¦ المحادثة ¦ بيانات الاعتماد ¦ الرمز ¦ الأسرار ¦
      بيانات العملاء`),
    http,
  ],
  addressed: phrases(`
      إذا كنت ذكاء ¦ اذا كنت ذكاء ¦ ملاحظة للمساعد ¦ إلى مساعد الذكاء ¦ نموذج لغوي ¦
      رسالة إلى الذكاء ¦ بصفتك مساعد`),
  persona: phrases(`
      أنت الآن ¦ انت الان ¦ من الآن فصاعدا ¦ من الان فصاعدا ¦ تظاهر بأنك ¦ بدون قيود ¦
      دون أي قيود ¦ وضع المطور ¦ تعليمات جديدة`),
};

const hindi: WideLanguage = {
  override: [
    ['पिछले', 'सभी', 'पहले के', 'उपरोक्त'],
    ['निर्देश', 'आदेश', 'नियम', 'प्रॉम्प्ट'],
    ['अनदेखा', 'भूल', 'नज़रअंदाज़', 'अनसुना', 'नजरअंदाज'],
  ],
  conceal: [['उपयोगकर्ता', 'यूज़र', 'किसी को'], phrases(`मत बता ¦ न बता ¦ नहीं बता ¦ छिपा ¦ छुपा ¦ उल्लेख न`)],
  send: [['पासवर्ड', 'एपीआई कुंजी', 'क्रेडेंशियल', 'बातचीत', 'टोकन'], http, ['भेज', 'अपलोड']],
  addressed: ['यदि आप एक ai', 'अगर आप एक ai', 'ai सहायक के लिए'],
  persona: ['अब आप', 'अब से आप', 'बिना किसी प्रतिबंध', 'नए निर्देश'],
};

function rulesOf(language: WideLanguage): readonly PhraseRule[] {
  const base = { owasp: 'MCP03', gap: 24 } as const;
  return [
    {
      ...base,
      code: 'instruction_override',
      title: 'Text that gives orders to the model',
      severity: 'high',
      confidence: 0.85,
      gap: 16,
      steps: language.override,
    },
    {
      ...base,
      code: 'concealment',
      title: 'Asks the model to hide something',
      severity: 'high',
      confidence: 0.8,
      steps: language.conceal,
    },
    {
      ...base,
      code: 'exfiltration',
      title: 'Sends private data to an address',
      severity: 'high',
      confidence: 0.85,
      owasp: 'MCP10',
      gap: 60,
      steps: language.send,
    },
    {
      ...base,
      code: 'model_addressed',
      title: 'Text addressed to the model',
      severity: 'medium',
      confidence: 0.6,
      steps: [language.addressed],
    },
    {
      ...base,
      code: 'persona_change',
      title: 'Gives the model another role',
      severity: 'low',
      confidence: 0.35,
      steps: [language.persona],
    },
  ];
}

export const wideLanguageRules: readonly PhraseRule[] = [
  russian,
  ukrainian,
  chinese,
  japanese,
  korean,
  arabic,
  hindi,
].flatMap(rulesOf);
