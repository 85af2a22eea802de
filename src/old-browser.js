/*
 * The page that a browser below the least versions shows in place of the app, in the language of the
 * browser; check-browser.js loads it. ES5 and the oldest DOM, as it has to run anywhere; its texts are
 * not among the app's translations for the same reason.
 */
(function () {
  var WORDS = {
    en: {
      title: 'This browser is too old for Purrceptron',
      why: 'It lacks what the app needs to take photos and to learn from them. Photos that are on this device already stay there.',
      needs: 'Purrceptron needs one of these, or a newer one:',
      list: [
        'iPhone and iPad: iOS or iPadOS 16.4. Open Settings, General, Software Update.',
        'Android: Chrome 111 or Firefox 115. Update the browser in Google Play.',
        'Computer: Chrome 111, Edge 111, Firefox 115 or Safari 16.4. Update it in its menu, under Help or About.',
      ],
      then: 'After the update, or in a newer browser, open this address again.',
      again: 'Open it again',
    },
    es: {
      title: 'Este navegador es demasiado antiguo para Purrceptron',
      why: 'Le falta lo que la aplicación necesita para hacer fotos y aprender de ellas. Las fotos que ya están en este dispositivo se quedan en él.',
      needs: 'Purrceptron necesita uno de estos, o uno más nuevo:',
      list: [
        'iPhone y iPad: iOS o iPadOS 16.4. Abre Ajustes, General, Actualización de software.',
        'Android: Chrome 111 o Firefox 115. Actualiza el navegador en Google Play.',
        'Ordenador: Chrome 111, Edge 111, Firefox 115 o Safari 16.4. Actualízalo en su menú, en Ayuda o Acerca de.',
      ],
      then: 'Después de actualizar, o en un navegador más nuevo, abre otra vez esta dirección.',
      again: 'Abrir otra vez',
    },
    ar: {
      title: 'هذا المتصفح قديم جدًا بالنسبة إلى Purrceptron',
      why: 'ينقصه ما يحتاج إليه التطبيق لالتقاط الصور والتعلّم منها. الصور الموجودة على هذا الجهاز تبقى عليه.',
      needs: 'يحتاج Purrceptron إلى أحد هذه الإصدارات أو إلى إصدار أحدث:',
      list: [
        'iPhone وiPad: نظام iOS أو iPadOS 16.4. افتح الإعدادات، ثم عام، ثم تحديث البرامج.',
        'Android: متصفح Chrome 111 أو Firefox 115. حدّث المتصفح من Google Play.',
        'الكمبيوتر: Chrome 111 أو Edge 111 أو Firefox 115 أو Safari 16.4. حدّثه من قائمته، من «مساعدة» أو «حول».',
      ],
      then: 'بعد التحديث، أو في متصفح أحدث، افتح هذا العنوان مرة أخرى.',
      again: 'افتحه مرة أخرى',
    },
  };

  function language() {
    var preferred = navigator.languages || [navigator.language || navigator.userLanguage || ''];
    for (var i = 0; i < preferred.length; i++) {
      var code = String(preferred[i]).slice(0, 2).toLowerCase();
      if (WORDS.hasOwnProperty(code)) return code;
    }
    return 'en';
  }

  function add(parent, tag, text) {
    var element = document.createElement(tag);
    if (text) element.appendChild(document.createTextNode(text));
    return parent.appendChild(element);
  }

  function show() {
    var code = language();
    var words = WORDS[code];
    var body = document.body;
    document.documentElement.lang = code;
    document.documentElement.dir = code === 'ar' ? 'rtl' : 'ltr';
    document.title = words.title;
    while (body.firstChild) body.removeChild(body.firstChild);
    var main = add(body, 'main');
    main.className = 'old-browser';
    add(main, 'h1', words.title);
    add(main, 'p', words.why);
    add(main, 'p', words.needs);
    var list = add(main, 'ul');
    for (var i = 0; i < words.list.length; i++) add(list, 'li', words.list[i]);
    add(main, 'p', words.then);
    add(main, 'a', words.again).setAttribute('href', '');
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show);
  else show();
})();
