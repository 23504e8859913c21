/** The extension's own sentences; names of commands, settings and nodes are in `locales/`. */
import { app } from '../../scripts/app.js';

const TEXTS = {
  en: {
    saveTitle: 'Save to CozyGen',
    saveName: 'Name of the workflow in CozyGen',
    saveFailed: 'The workflow was not saved',
    saved: 'Saved as {name}',
    fields: 'Its form has {count} fields.',
    replace: '{name} exists already. Replace it?',
    phoneTitle: 'CozyGen on your phone',
    phoneLoopback:
      'This address works only on this machine. Start ComfyUI with --listen, open it under its address in your network, and try again.',
    openFailed: 'The picture’s workflow was not opened',
    pictureGone: 'This picture is gone.',
    close: 'Close',
  },
  de: {
    saveTitle: 'In CozyGen speichern',
    saveName: 'Name des Workflows in CozyGen',
    saveFailed: 'Der Workflow wurde nicht gespeichert',
    saved: 'Gespeichert als {name}',
    fields: 'Sein Formular hat {count} Felder.',
    replace: '{name} gibt es schon. Ersetzen?',
    phoneTitle: 'CozyGen auf dem Telefon',
    phoneLoopback:
      'Diese Adresse gilt nur auf diesem Rechner. Starte ComfyUI mit --listen, öffne es unter seiner Adresse im Netz und versuche es noch einmal.',
    openFailed: 'Der Workflow des Bildes wurde nicht geöffnet',
    pictureGone: 'Dieses Bild gibt es nicht mehr.',
    close: 'Schließen',
  },
  fr: {
    saveTitle: 'Enregistrer dans CozyGen',
    saveName: 'Nom du workflow dans CozyGen',
    saveFailed: 'Le workflow n’a pas été enregistré',
    saved: 'Enregistré sous {name}',
    fields: 'Son formulaire a {count} champs.',
    replace: '{name} existe déjà. Le remplacer ?',
    phoneTitle: 'CozyGen sur votre téléphone',
    phoneLoopback:
      'Cette adresse ne fonctionne que sur cette machine. Démarrez ComfyUI avec --listen, ouvrez-le par son adresse sur le réseau et réessayez.',
    openFailed: 'Le workflow de l’image n’a pas été ouvert',
    pictureGone: 'Cette image n’existe plus.',
    close: 'Fermer',
  },
  ja: {
    saveTitle: 'CozyGen に保存',
    saveName: 'CozyGen でのワークフロー名',
    saveFailed: 'ワークフローを保存できませんでした',
    saved: '{name} として保存しました',
    fields: 'フォームの項目は {count} 個です。',
    replace: '{name} は既にあります。置き換えますか?',
    phoneTitle: 'スマートフォンで CozyGen を開く',
    phoneLoopback:
      'このアドレスはこのマシンでのみ使えます。ComfyUI を --listen 付きで起動し、ネットワーク上のアドレスで開いてからもう一度お試しください。',
    openFailed: '画像のワークフローを開けませんでした',
    pictureGone: 'この画像はもうありません。',
    close: '閉じる',
  },
  zh: {
    saveTitle: '保存到 CozyGen',
    saveName: '在 CozyGen 中的工作流名称',
    saveFailed: '工作流未能保存',
    saved: '已保存为 {name}',
    fields: '表单共有 {count} 个字段。',
    replace: '{name} 已存在。要替换吗?',
    phoneTitle: '在手机上打开 CozyGen',
    phoneLoopback: '此地址仅在本机可用。请用 --listen 启动 ComfyUI,通过它在网络中的地址打开后再试。',
    openFailed: '图片的工作流未能打开',
    pictureGone: '这张图片已不存在。',
    close: '关闭',
  },
};

/** @param {keyof typeof TEXTS.en} key @returns {string} in the language of ComfyUI, else in English */
export function text(key) {
  const language = String(app.extensionManager?.setting?.get('Comfy.Locale') ?? 'en').slice(0, 2);
  return (TEXTS[language] ?? TEXTS.en)[key] ?? TEXTS.en[key];
}
