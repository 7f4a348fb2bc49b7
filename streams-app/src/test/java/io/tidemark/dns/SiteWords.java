package io.tidemark.dns;

import java.util.List;

/**
 * Words of several languages out of which names of sites are made; none are taken from the model.
 */
final class SiteWords {

  static final List<String> LIST =
      List.of(
          ("acme alpen amster anzeigen arbeit asahi auto bahn baltic bank berg besser bilder blau blog boek"
                  + " book bostad brasil buch bureau camp casa centrum chaussures chat cinema city clinica"
                  + " cloud comida comprar crypto daily data deporte design dinero dom drago drone edu"
                  + " elettro energia euro express fabrik farma fashion ferien film finanz fitness flug foto"
                  + " free fritid game garten gazeta geld gezond global gold grund haber hanke haus health"
                  + " herz hobby hotel ideal immo info inter japan jeux jobs juwel kauf keiba kino klub knih"
                  + " koch kultur kupon lavoro leben libro licht linux livre loja luft lux maison market"
                  + " mebel media mercado mobil moda motor muzik nachricht natur nieuws noticias novin office"
                  + " online oto parfum park pharma photo pizza plaza podarok poker portal praktijk pravda"
                  + " presse promo quick radio recht reise rezept rynek sante schule seguros shop sklep sky"
                  + " solar soft spiel sport stadt star store strom studio super svet taxi tech tele ticket"
                  + " tienda tools top trade travel turizm tv uhren uni vacanze verlag viaje video vino vlak"
                  + " wald web wein welt werk wetter wiki wohn world xin yoga zakupy zeit zdravi zhong zuhause")
              .split(" ", -1));

  private SiteWords() {}
}
