"""Words that keep their capital in any English title: parts of the world, peoples and languages, days and months.

A safety net under the ``proper-nouns`` of a file, not a gazetteer. Words that are common nouns, verbs or adjectives as
well (Turkey, Polish, March, May) are left out: those a file has to name.
"""

from __future__ import annotations

_WORDS = """
Africa African Africans America American Americans Antarctica Arab Arabic Arabs Asia Asian Asians Atlantic Australia
Australian Europe European Europeans Eurasia Eurasian Mediterranean Pacific Balkan Balkans Caucasus Caspian Siberia
Afghan Afghanistan Afghans Albania Algeria Angola Argentina Armenia Armenian Armenians Austria Austrian Azerbaijan
Azerbaijani Bangladesh Belarus Belarusian Belgium Bolivia Bosnia Brazil Brazilian Britain British Bulgaria Burundi
Cambodia Cambodian Cameroon Canada Canadian Canadians Chile Chilean China Chinese Colombia Colombian Congo Croatia
Cuba Cuban Cyprus Czech Denmark Danish Dutch Ecuador Egypt Egyptian England English Eritrea Estonia Estonian Ethiopia
Ethiopian Finland Finnish France French Georgian Germany German Germans Ghana Greece Greek Greeks Guatemala Haiti
Hungary Hungarian Iceland India Indian Indians Indonesia Indonesian Iran Iranian Iranians Iraq Iraqi Ireland Irish
Israel Israeli Israelis Italy Italian Italians Jamaica Japan Japanese Jordan Kashmir Kazakh Kazakhs Kazakhstan Kenya
Kenyan Korea Korean Koreans Kosovo Kurdish Kurds Kyrgyz Kyrgyzstan Latvia Latvian Lebanon Lebanese Liberia Libya
Lithuania Lithuanian Malaysia Mexico Mexican Mexicans Moldova Mongolia Mongolian Morocco Mozambique Myanmar Nepal
Netherlands Nicaragua Nigeria Nigerian Norway Norwegian Pakistan Pakistani Palestine Palestinian Palestinians Pamir
Panama Persia Persian Peru Peruvian Philippines Poland Portugal Portuguese Romania Romanian Russia Russian Russians
Rwanda Rwandan Scotland Scottish Serbia Serbian Singapore Slovakia Slovenia Somalia Soviet Soviets Spain Spanish Sudan
Sweden Swedish Switzerland Syria Syrian Syrians Taiwan Taiwanese Tajik Tajiks Tajikistan Tanzania Thailand Tibet
Tibetan Tunisia Turkic Turkish Turkmen Turkmenistan Uganda Ukraine Ukrainian Ukrainians Uruguay Uzbek Uzbeks
Uzbekistan Venezuela Vietnam Vietnamese Wales Welsh Yemen Yugoslavia Zambia Zimbabwe
Beijing Berlin Bishkek Dushanbe Geneva London Moscow Paris Tashkent Tehran Tokyo Vienna
Buddhism Buddhist Catholic Christian Christianity Christians Hindu Hinduism Islam Islamic Jewish Jews Judaism Muslim
Muslims Protestant Quran Shia Sufi Sunni
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September October
November December
"""
PROPER_NOUNS = frozenset(_WORDS.split())
